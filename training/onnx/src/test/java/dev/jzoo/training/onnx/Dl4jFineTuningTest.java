package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.dl4j.Dl4jEngine;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** A network of Deeplearning4j goes on learning in DJL. */
class Dl4jFineTuningTest {

    private static final long[] CLASSES = {0, 1, 2, 3, 0, 2};

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 2).nOut(4).build())
                .layer(new BatchNormalization())
                .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX).build())
                .layer(new OutputLayer.Builder()
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(7, 6, 2))
                .build());
        network.init();
        return network;
    }

    @Test
    void theExportOfADl4jNetworkLearnsInDjlAndOnnxRuntimeRunsWhatItBecame() throws IOException {
        new Dl4jEngine().start(Compute.standard(), 1);
        new DjlEngine().start(Compute.standard(), 1);
        OnnxFile file = OnnxExporter.of(network())
                .input("picture", DataType.FLOAT, Dimension.batchOf(2, 7, 6))
                .export()
                .file();
        List<TensorData> pictures = Passes.random(file, Map.of("batch", (long) CLASSES.length), 1, new Random(2));
        List<Node> nodes = file.graph().nodes();
        Node softmax = nodes.get(nodes.size() - 1);
        assertEquals("Softmax", softmax.opType());
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock logits = Passes.initialised(
                    OnnxBlock.of(file).outputs(softmax.inputs().get(0)), manager);
            double[] losses = Training.descend(logits, manager, pictures, Training.crossEntropy(CLASSES), 0.05f, 40);
            assertTrue(losses[39] < losses[0] / 2, losses[0] + " became " + losses[39]);
            OnnxFile tuned = logits.written();
            OnnxBlock again = Passes.initialised(OnnxBlock.of(tuned), manager);
            Passes.assertClose(Passes.runtime(tuned, pictures), Passes.outputs(again, manager, pictures), 1e-4);
            assertEquals(nodes, tuned.graph().nodes());
        }
    }
}
