package dev.jzoo.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

@DisabledForJreRange(min = JRE.JAVA_24, disabledReason = "Hadoop in Spark 4.1 calls what JDK 24 took away")
class ScoresTest {

    @TempDir
    Path folder;

    @Test
    void aDataFrameOfPicturesIsScoredInSeveralPartitions() throws Exception {
        Map<String, String> names = Map.of("one", "1", "three", "3", "seven", "7");
        for (String name : names.keySet()) {
            Files.copy(Path.of("../../docs/pictures/" + name + ".png"), folder.resolve(name + ".png"));
        }
        Files.writeString(folder.resolve("zz.png"), "no picture");
        try (SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .getOrCreate()) {
            List<Row> rows = Scores.of(
                            ScoreFolder.pictures(spark, folder.toString()).repartition(3))
                    .collectAsList();
            assertEquals(4, rows.size());
            Map<String, String> labels = rows.stream()
                    .filter(row -> row.isNullAt(3))
                    .collect(Collectors.toMap(
                            row -> row.getString(0).replaceAll(".*/|\\.png", ""), row -> row.getString(1)));
            assertEquals(names, labels);
            String error = rows.stream()
                    .filter(row -> !row.isNullAt(3))
                    .map(row -> row.getString(3))
                    .findFirst()
                    .orElseThrow();
            assertTrue(error.contains("zz.png: expected a picture"), error);
        }
    }
}
