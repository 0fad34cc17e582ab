package dev.jzoo.examples.spark;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A program that scores the pictures of a folder and prints the data frame, or writes it as CSV. */
public final class ScoreFolder {

    private ScoreFolder() {}

    public static void main(String[] args) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .appName("digits")
                .config("spark.master", System.getProperty("spark.master", "local[*]"))
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            Dataset<Row> scores = Scores.of(pictures(spark, args[0]));
            if (args.length > 1) {
                scores.write().option("header", true).csv(args[1]);
            } else {
                scores.orderBy("path").show(100, false);
            }
        }
    }

    /** Returns a row for each file, with its path and content. */
    static Dataset<Row> pictures(SparkSession spark, String folder) {
        return spark.read()
                .format("binaryFile")
                .option("pathGlobFilter", "*.png")
                .load(folder);
    }
}
