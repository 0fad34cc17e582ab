package dev.jzoo.examples.export;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.export.OnnxExporter;
import java.nio.file.Path;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A Deeplearning4j network, as in an application. */
final class Dl4jDigits {

    private Dl4jDigits() {}

    /** Trains the network and exports it. Its last layer already has the softmax. */
    static void export(LabelledImages digits, Path file) throws Exception {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.001))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(digits.valuesPerImage())
                        .nOut(64)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nIn(64)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        float[][] targets = new float[digits.size()][10];
        for (int i = 0; i < targets.length; i++) {
            targets[i][digits.label(i)] = 1;
        }
        DataSet examples =
                new DataSet(Nd4j.createFromArray(ExportDigits.inputs(digits)), Nd4j.createFromArray(targets));
        network.fit(new ListDataSetIterator<>(examples.asList(), 50), 5);
        ExportDigits.write(OnnxExporter.of(network).outputs("probabilities"), file);
    }
}
