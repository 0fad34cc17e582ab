package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;

import ai.djl.basicmodelzoo.basic.Mlp;
import ai.djl.basicmodelzoo.cv.classification.AlexNet;
import ai.djl.basicmodelzoo.cv.classification.GoogLeNet;
import ai.djl.basicmodelzoo.cv.classification.LeNet;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV1;
import ai.djl.basicmodelzoo.cv.classification.MobileNetV2;
import ai.djl.basicmodelzoo.cv.classification.NiN;
import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.SqueezeNet;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.basicmodelzoo.cv.object_detection.ssd.SingleShotDetection;
import ai.djl.basicmodelzoo.cv.object_detection.yolo.YOLOV3;
import ai.djl.basicmodelzoo.tabular.TabNet;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares every network of DJL's model zoo with its ONNX form, with random weights and as small as its builder allows.
 */
class ModelZooTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    @TestFactory
    List<DynamicTest> networks() {
        Cases cases = new Cases(MANAGER);
        cases.network("MLP", () -> new Mlp(12, 5, new int[] {8, 7}), floats("batch", 12))
                .network("LeNet", () -> LeNet.builder().build(), floats("batch", 1, 28, 28))
                .network(
                        "AlexNet",
                        () -> AlexNet.builder()
                                .setNumChannels(new int[] {8, 12, 16, 16, 12, 32, 32})
                                .build(),
                        floats("batch", 1, 224, 224))
                .network(
                        "VGG 11",
                        () -> VGG.builder()
                                .setConvArch(new int[][] {{1, 4}, {1, 6}, {2, 8}, {2, 8}, {2, 8}})
                                .build(),
                        floats("batch", 1, 64, 32))
                .network("SqueezeNet", () -> SqueezeNet.squeezenet(7), floats("batch", 3, 64, 48))
                .network(
                        "NiN",
                        () -> NiN.builder()
                                .setNumChannels(new int[] {8, 12, 16, 10})
                                .build(),
                        floats("batch", 1, 224, 208))
                .network("GoogLeNet", () -> GoogLeNet.builder().build(), floats("batch", 1, 64, 48))
                .network(
                        "ResNet 18",
                        () -> ResNetV1.builder()
                                .setImageShape(new Shape(3, 40, 32))
                                .setNumLayers(18)
                                .setOutSize(6)
                                .build(),
                        floats("batch", 3, 40, 32))
                .network(
                        "ResNet 50",
                        () -> ResNetV1.builder()
                                .setImageShape(new Shape(3, 64, 56))
                                .setNumLayers(50)
                                .setOutSize(6)
                                .build(),
                        floats("batch", 3, 64, 56))
                .network(
                        "MobileNet V1",
                        () -> MobileNetV1.builder()
                                .optWidthMultiplier(0.25f)
                                .setOutSize(9)
                                .build(),
                        floats("batch", 3, 64, 48))
                .network(
                        "MobileNet V2",
                        () -> MobileNetV2.builder()
                                .optRepeatTimes(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1})
                                .setOutSize(9)
                                .build(),
                        floats("batch", 3, 64, 48))
                .network("YOLO V3", () -> YOLOV3.builder().setNumClasses(4).build(), floats("batch", 3, 64, 64))
                .network("SSD", ModelZooTest::ssd, floats("batch", 3, 128, 96))
                .network(
                        "TabNet",
                        () -> TabNet.builder().setInputDim(9).setOutDim(4).build(),
                        floats("batch", 9));
        return cases.tests();
    }

    /** Builds SSD as in DJL's own example. */
    private static Block ssd() {
        SequentialBlock base = new SequentialBlock();
        for (int filters : new int[] {8, 12, 16}) {
            base.add(SingleShotDetection.getDownSamplingBlock(filters));
        }
        return SingleShotDetection.builder()
                .setNumClasses(2)
                .setNumFeatures(3)
                .optGlobalPool(true)
                .setRatios(Collections.nCopies(5, List.of(1f, 2f, 0.5f)))
                .setSizes(List.of(
                        List.of(0.2f, 0.272f),
                        List.of(0.37f, 0.447f),
                        List.of(0.54f, 0.619f),
                        List.of(0.71f, 0.79f),
                        List.of(0.88f, 0.961f)))
                .setBaseNetwork(base)
                .build();
    }
}
