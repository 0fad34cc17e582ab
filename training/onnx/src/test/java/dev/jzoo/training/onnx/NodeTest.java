package dev.jzoo.training.onnx;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.TensorFile;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One of ONNX's backend tests of single nodes: a model, and inputs with the outputs that are expected.
 *
 * @param name of the test: "test_conv_with_strides_padding"
 * @param operators of the model
 * @param isFloat whether it gives 32-bit floating point first and takes nothing but that, integers for places and truth values
 * @param result what became of it
 * @param reason why it was refused or failed
 */
record NodeTest(String name, Set<String> operators, boolean isFloat, Result result, String reason) {

    enum Result {
        PASSED,
        REFUSED,
        FAILED
    }

    /** ONNX's own. Some of the expected values were typed with four digits. */
    private static final double TOLERANCE = 1e-3;

    private static final Set<DataType> NUMBERS = Set.of(DataType.FLOAT, DataType.INT64, DataType.INT32, DataType.BOOL);

    /** What the nodes of a model are for people: "Conv". */
    String operator() {
        return String.join(", ", operators);
    }

    static NodeTest run(Path folder) throws IOException {
        String name = folder.getFileName().toString().replace("/", "");
        OnnxFile file;
        try {
            file = OnnxFile.read(folder.resolve("model.onnx"));
        } catch (IOException e) {
            return new NodeTest(name, Set.of("not read: sequences and strings"), false, Result.REFUSED, e.getMessage());
        }
        Set<String> operators = new TreeSet<>();
        file.graph()
                .nodes()
                .forEach(node ->
                        operators.add(node.domain().isEmpty() ? node.opType() : node.domain() + "." + node.opType()));
        boolean isFloat = file.graph().outputs().get(0).type() == DataType.FLOAT
                && file.graph().inputs().stream().allMatch(input -> NUMBERS.contains(input.type()));
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxBlock block = Passes.initialised(OnnxBlock.of(file), manager);
            for (int set = 0; Files.exists(folder.resolve("test_data_set_" + set)); set++) {
                Path data = folder.resolve("test_data_set_" + set);
                Optional<String> difference = difference(file, block, manager, data);
                if (difference.isPresent()) {
                    return new NodeTest(name, operators, isFloat, Result.FAILED, difference.get());
                }
            }
            return new NodeTest(name, operators, isFloat, Result.PASSED, "");
        } catch (DataFormatException e) {
            return new NodeTest(name, operators, isFloat, Result.REFUSED, "data: " + e.getMessage());
        } catch (UnsupportedGraphException e) {
            return new NodeTest(name, operators, isFloat, Result.REFUSED, e.getMessage());
        }
    }

    private static Optional<String> difference(OnnxFile file, OnnxBlock block, NDManager manager, Path data)
            throws IOException {
        try {
            List<TensorData> inputs =
                    tensors(data, "input_", file.graph().inputs().size());
            List<TensorData> outputs = Passes.outputs(block, manager, inputs);
            Passes.assertClose(HalfBorders.single(tensors(data, "output_", outputs.size())), outputs, TOLERANCE);
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            return Optional.of(e.getMessage());
        }
    }

    private static List<TensorData> tensors(Path data, String stem, int count) throws IOException {
        List<TensorData> tensors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tensors.add(TensorFile.read(data.resolve(stem + i + ".pb")).data());
        }
        return tensors;
    }
}
