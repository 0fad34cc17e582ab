package dev.jzoo.training.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.onnx.Half;
import dev.jzoo.training.djl.DjlEngine;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

class HalfPrecisionTest {

    private static float[] rounded(float[] values) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Half.rounded(result[i]);
        }
        return result;
    }

    @Test
    void aBlocksWeightsAreRoundedWhereTheyLieAndExportedAsHalves() throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block block = Linear.builder().setUnits(40).build();
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 50));
            NDArray weight = block.getParameters().get("weight").getArray();
            NDArray bias = block.getParameters().get("bias").getArray();
            bias.set(manager.randomNormal(bias.getShape()).toFloatArray());
            float[] before = weight.toFloatArray();
            float[] small = bias.toFloatArray();
            new DjlEngine().roundToHalf(block);
            assertArrayEquals(rounded(before), weight.toFloatArray());
            assertArrayEquals(small, bias.toFloatArray());
            OnnxExporter.Exported exported =
                    OnnxExporter.of(block).halfPrecisionStorage().export();
            assertTrue(exported.report().parity().agrees());
            assertEquals(
                    1,
                    exported.file().graph().initializers().values().stream()
                            .filter(tensor -> tensor.type() == dev.jzoo.onnx.DataType.FLOAT16)
                            .count());
        }
    }

    @Test
    void aNetworksWeightsAreRoundedWhereTheyLie() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(new DenseLayer.Builder().nIn(50).nOut(40).build())
                .layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(40)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        float[] before = network.getParam("0_W").dup('c').data().asFloat();
        float[] small = network.getParam("1_W").dup('c').data().asFloat();
        new Dl4jEngine().roundToHalf(network);
        assertArrayEquals(
                rounded(before), network.getParam("0_W").dup('c').data().asFloat());
        assertArrayEquals(small, network.getParam("1_W").dup('c').data().asFloat());
        assertEquals(
                network.getParam("0_W").getFloat(3, 7),
                network.params().getFloat(7 * 50 + 3),
                "the weights were replaced");
    }

    @Test
    void whatIsNoNetworkIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DjlEngine().roundToHalf("network"));
        assertThrows(IllegalArgumentException.class, () -> new Dl4jEngine().roundToHalf("network"));
    }
}
