package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.ExportReport;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Tests embeddings that read their ids through a preprocessor or a vertex. */
class EmbeddingInputsTest {

    @TempDir
    Path folder;

    /** Returns the network of dl4j-examples' RNNEmbedding. */
    private static MultiLayerNetwork words() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(7)
                .list()
                .layer(new EmbeddingLayer.Builder().nIn(10).nOut(5).build())
                .layer(new LSTM.Builder()
                        .nIn(5)
                        .nOut(7)
                        .dataFormat(RNNFormat.NCW)
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(7)
                        .nOut(4)
                        .dataFormat(RNNFormat.NCW)
                        .activation(Activation.SOFTMAX)
                        .build())
                .inputPreProcessor(0, new RnnToFeedForwardPreProcessor(RNNFormat.NCW))
                .inputPreProcessor(1, new FeedForwardToRnnPreProcessor(RNNFormat.NCW))
                .build());
        network.init();
        return network;
    }

    /** Returns a network of a table whose first column is a category. */
    private static ComputationGraph table() {
        ComputationGraph network = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .seed(7)
                .graphBuilder()
                .addInputs("row")
                .addVertex("id", new SubsetVertex(0, 0), "row")
                .addVertex("reals", new SubsetVertex(1, 4), "row")
                .addLayer("emb", new EmbeddingLayer.Builder().nIn(10).nOut(3).build(), "id")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(7)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "emb",
                        "reals")
                .setOutputs("out")
                .build());
        network.init();
        return network;
    }

    private float[] exported(Path file, String input, Tensor given) throws Exception {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            return model.run(Map.of(input, given)).values().iterator().next().floats();
        }
    }

    @Test
    void idsBehindAPreprocessorAreFound() throws Exception {
        MultiLayerNetwork network = words();
        Path file = folder.resolve("words.onnx");
        ExportReport report = OnnxExporter.of(network)
                .input("input", DataType.FLOAT, List.of(Dimension.BATCH, Dimension.of(1), Dimension.of("time")))
                .write(file);
        assertTrue(report.parity().agrees());
        float[] ids = {9, 0, 3, 5, 8, 1};
        assertArrayEquals(
                network.output(Nd4j.create(ids, new long[] {1, 1, 6}, 'c'))
                        .dup('c')
                        .data()
                        .asFloat(),
                exported(file, "input", Tensor.of(ids, 1, 1, 6)),
                1e-5f);
    }

    @Test
    void theShapeOfIdsBehindAPreprocessorNeedNotBeDeclared() throws Exception {
        ExportReport report = OnnxExporter.of(words()).export().report();
        assertTrue(report.parity().agrees());
    }

    @Test
    void aColumnOfCategoriesIsFoundByWhatTheTableTakes() throws Exception {
        ComputationGraph network = table();
        Path file = folder.resolve("table.onnx");
        OnnxExporter.of(network)
                .input("row", DataType.FLOAT, Dimension.batchOf(5))
                .write(file);
        float[] rows = {9, 0.5f, -1, 2, 0.25f, 4, 1, 1, 1, 1};
        assertArrayEquals(
                network.outputSingle(Nd4j.create(rows, new long[] {2, 5}, 'c'))
                        .data()
                        .asFloat(),
                exported(file, "row", Tensor.of(rows, 2, 5)),
                1e-5f);
    }

    @Test
    void categoriesThatAreDeclaredTooLargeAreRefusedInWords() {
        OnnxExporter exporter = OnnxExporter.of(table())
                .input("row", DataType.FLOAT, Dimension.batchOf(5), InputValues.wholeBetween(0, 10));
        InputDeclarationException e = assertThrows(InputDeclarationException.class, exporter::export);
        assertTrue(
                e.problem()
                        .startsWith(
                                "The export cannot be compared: DL4J itself fails on inputs of 'row' float [64, 5]"),
                e.getMessage());
        assertEquals(InputDeclarationException.Lack.VALUES, e.lack());
    }

    @Test
    void idsAreTakenAsWholeNumbersToo() throws Exception {
        ExportReport report = OnnxExporter.of(words())
                .input(
                        "ids",
                        DataType.INT64,
                        List.of(Dimension.BATCH, Dimension.of(1), Dimension.of("time")),
                        InputValues.between(0, 9))
                .export()
                .report();
        assertTrue(report.parity().agrees());
    }
}
