package org.example;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.djl.JZooProvider;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.djl.SavedBlock;
import dev.jzoo.export.dl4j.NetworkFile;
import dev.jzoo.export.scratch.ScratchFrontEnd;
import dev.jzoo.finetune.ModelNames;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.labs.Labs;
import dev.jzoo.numerics.Softmax;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.recipes.series.AirlineLstm;
import dev.jzoo.report.LineChart;
import dev.jzoo.scratch.Value;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.dl4j.Dl4jEngine;
import dev.jzoo.training.onnx.OnnxBlock;
import dev.jzoo.training.scratch.ScratchEngine;
import dev.jzoo.zoo.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Uses one class of each published artifact and classifies one picture. */
public final class Application {

    private static final List<Class<?>> ONE_OF_EACH = List.of(
            AirlineLstm.class,
            DataSet.class,
            Dl4jEngine.class,
            DjlEngine.class,
            ImageClassifier.class,
            JZooProvider.class,
            Labs.class,
            LineChart.class,
            ModelNames.class,
            NetworkFile.class,
            OnnxBlock.class,
            OnnxExporter.class,
            OnnxFile.class,
            Recipe.class,
            SavedBlock.class,
            ScratchEngine.class,
            ScratchFrontEnd.class,
            Softmax.class,
            Value.class,
            Version.class);

    private Application() {}

    public static void main(String[] words) throws Exception {
        Set<String> jars = new TreeSet<>();
        for (Class<?> type : ONE_OF_EACH) {
            jars.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .getFileName()
                    .toString());
        }
        jars.forEach(System.out::println);
        try (ImageClassifier digits = ImageClassifier.load("mnist-lenet")) {
            System.out.println("The picture shows a "
                    + digits.classify(Path.of(words[0])).best().name() + ".");
        }
    }
}
