package dev.jzoo.examples.spark;

import dev.jzoo.inference.Label;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A step that adds label and score to a data frame of files. */
final class Scores {

    private static final StructType COLUMNS = new StructType()
            .add("path", DataTypes.StringType)
            .add("label", DataTypes.StringType)
            .add("score", DataTypes.FloatType)
            .add("error", DataTypes.StringType);

    private Scores() {}

    /** @param files with the columns path and content */
    static Dataset<Row> of(Dataset<Row> files) {
        MapPartitionsFunction<Row, Row> score = Scores::partition;
        return files.select("path", "content").mapPartitions(score, Encoders.row(COLUMNS));
    }

    /** Scores a partition lazily, so that it need not fit into memory. */
    private static Iterator<Row> partition(Iterator<Row> files) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(files, 0), false)
                .map(Scores::row)
                .iterator();
    }

    private static Row row(Row file) {
        String path = file.getString(0);
        try {
            Label best =
                    Model.DIGITS.classify(Picture.decode(file.getAs(1), path)).best();
            return RowFactory.create(path, best.name(), best.score(), null);
        } catch (DataFormatException e) {
            return RowFactory.create(path, null, null, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One session in the JVM of an executor. Its first row opens it, and all its tasks share it. It is not serialised and
     * never closed, since it is needed as long as the executor lives.
     */
    private static final class Model {

        static final ImageClassifier DIGITS = open();

        private static ImageClassifier open() {
            try {
                return ImageClassifier.load("mnist-lenet");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
