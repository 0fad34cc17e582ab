package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.onnx.operators.HostTensors;
import dev.jzoo.training.onnx.operators.Operators;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged files as blocks: each is computed, or refused with an error that has a code. */
class DamagedBlocksTest {

    private static final List<OnnxFile> SEEDS = new ArrayList<>();

    private static int computed;
    private static int refused;

    @BeforeAll
    static void readSeeds() throws IOException {
        new DjlEngine().start(Compute.standard(), 1);
        SEEDS.add(PictureNetwork.file(1));
        for (String name : List.of(
                "einsum_att_ts17",
                "llama_rmsnorm_fp16",
                "cast_double_mid",
                "dynq_matmul",
                "g_reshape_one_minus",
                "qdq_conv")) {
            SEEDS.add(Cases.file(name));
        }
        Path models = Path.of("..", "..", "zoo", "models");
        for (String name : List.of("airline-lstm", "mnist1d-gru", "sine-rnn", "mnist-logistic")) {
            SEEDS.add(OnnxFile.read(models.resolve(name + "/1.0.0/model.onnx")));
        }
    }

    @Test
    void damagedGraphsAreComputedOrRefusedWithACode() {
        List<String> faults = new ArrayList<>();
        for (long number = 0; number < 200; number++) {
            round(number, faults);
        }
        assertEquals(List.of(), faults);
        assertTrue(computed > 10 && refused > 50, computed + " were computed, " + refused + " refused");
    }

    @Test
    @Tag("acceptance")
    void manyDamagedGraphsAreComputedOrRefusedWithACode() {
        List<String> faults = new ArrayList<>();
        long first = Long.getLong("fuzz.seed", 20_261_130);
        long rounds = Long.getLong("fuzz.rounds", 20_000);
        for (long number = first; number < first + rounds && faults.size() < 20; number++) {
            round(number, faults);
        }
        System.out.println(rounds + " damaged graphs from number " + first + ", " + computed + " computed, " + refused
                + " refused");
        assertEquals(List.of(), faults);
    }

    /** Repeats some axes 0 times: the sizes of the input were overwritten, so that the file's fault was taken for the caller's. */
    @Test
    void anInputRepeatedZeroTimesKeepsItsSizes() {
        List<String> faults = new ArrayList<>();
        round(1_796_080_386_878L, faults);
        assertEquals(List.of(), faults);
    }

    private static void round(long number, List<String> faults) {
        Random random = new Random(number * 31);
        OnnxFile seed = SEEDS.get(random.nextInt(SEEDS.size()));
        try (NDManager manager = NDManager.newBaseManager()) {
            OnnxFile damaged = new DamagedGraph(random, List.copyOf(Operators.names())).of(seed);
            OnnxFile read = OnnxFile.read("damaged", bytes(damaged, random));
            OnnxBlock block = Passes.initialised(OnnxBlock.of(read), manager);
            List<TensorData> inputs = inputs(read, random);
            if (inputs.isEmpty()) {
                return;
            }
            Passes.outputs(block, manager, inputs);
            block.written().toBytes();
            computed++;
        } catch (JZooException | DataFormatException e) {
            refused++;
            if (e.getMessage() == null) {
                faults.add(number + ": no message");
            }
        } catch (IOException | RuntimeException | Error e) {
            faults.add(number + ": " + e + " at "
                    + Arrays.stream(e.getStackTrace()).limit(8).toList() + " from " + e.getCause());
        }
    }

    /** Of every tenth file the bytes are damaged, too. */
    private static byte[] bytes(OnnxFile file, Random random) {
        byte[] bytes = file.toBytes();
        if (random.nextInt(10) == 0) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    /** What the file says that it takes; nothing where that is too much. */
    private static List<TensorData> inputs(OnnxFile file, Random random) {
        List<TensorData> inputs = new ArrayList<>();
        for (ValueInfo input : file.graph().inputs()) {
            long[] dims = input.shape().stream()
                    .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : 2)
                    .toArray();
            long elements = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
            if (elements < 0
                    || elements > 1 << 20
                    || HostTensors.type(input.type()).isEmpty()) {
                return List.of();
            }
            inputs.add(
                    input.type() == DataType.FLOAT
                            ? Passes.floats((int) elements, dims, random)
                            : TensorData.of(
                                    input.type(),
                                    ByteBuffer.allocate(
                                            (int) elements * input.type().bytes()),
                                    dims));
        }
        return inputs;
    }
}
