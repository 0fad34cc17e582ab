package dev.jzoo.export.dl4j.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A run of a network in inference mode, part after part. Each value is freed after its last reader, so the run needs
 * only the memory of the values in use at one time. DL4J's own way to all values keeps all of them.
 */
public final class PartwiseForwardPass {

    private static final String WORKSPACE = "JZOO_FORWARD_PASS";

    private static final String LOOP = WORKSPACE + "_LOOP";

    private static final WorkspaceConfiguration PER_PART = WorkspaceConfiguration.builder()
            .initialSize(0)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .build();

    private final LayerWorkspaceMgr memory = LayerWorkspaceMgr.builder()
            .noWorkspaceFor(ArrayType.ACTIVATIONS)
            .with(ArrayType.INPUT, WORKSPACE, PER_PART)
            .with(ArrayType.FF_WORKING_MEM, WORKSPACE, PER_PART)
            .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, LOOP, PER_PART)
            .build();

    private final Dl4jSource source;
    private final int batch;
    private final BiConsumer<String, INDArray> results;
    private final Map<String, INDArray> values = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();

    private PartwiseForwardPass(Dl4jSource source, int batch, BiConsumer<String, INDArray> results) {
        this.source = source;
        this.batch = batch;
        this.results = results;
    }

    /**
     * Runs a network.
     *
     * @param given the inputs, which still belong to the caller
     * @param masks masks of the inputs that have one, [N, T] with 1 for valid steps, by the inputs' names
     * @param results receives the result of each part by its name, in the order of {@link Dl4jSource#parts}; the array
     * is freed later
     */
    public static void run(
            Dl4jSource source,
            List<INDArray> given,
            Map<String, INDArray> masks,
            BiConsumer<String, INDArray> results) {
        PartwiseForwardPass pass =
                new PartwiseForwardPass(source, (int) given.get(0).size(0), results);
        source.begin(given, masks);
        try {
            pass.run(given);
        } finally {
            source.end();
            for (String workspace : List.of(WORKSPACE, LOOP)) {
                Nd4j.getWorkspaceManager()
                        .destroyWorkspace(Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(PER_PART, workspace));
            }
        }
    }

    private void run(List<INDArray> given) {
        List<NetworkPart> parts = source.parts();
        parts.forEach(part -> part.inputs().forEach(input -> readers.merge(input, 1, Integer::sum)));
        for (int i = 0; i < given.size(); i++) {
            values.put(source.inputs().get(i), given.get(i));
            // Counts one reader more than there are, so that it is never freed.
            readers.merge(source.inputs().get(i), 1, Integer::sum);
        }
        for (NetworkPart part : parts) {
            INDArray result = result(part);
            results.accept(part.output(), result);
            values.put(part.output(), result);
            readers.merge(part.output(), 1, Integer::sum);
            part.inputs().forEach(this::release);
            release(part.output());
        }
    }

    /**
     * Computes on copies, because layers may write into their inputs, and returns a copy, because the result may be an
     * input.
     */
    private INDArray result(NetworkPart part) {
        List<INDArray> copies =
                part.inputs().stream().map(input -> values.get(input).dup()).toList();
        INDArray computed;
        MemoryWorkspace scope = memory.notifyScopeEntered(ArrayType.FF_WORKING_MEM);
        try (scope) {
            computed = part.configuration() instanceof InputPreProcessor preprocessor
                    ? preprocessor.preProcess(copies.get(0), batch, memory)
                    : source.compute(part.output(), copies, memory);
        }
        INDArray result = computed.dup();
        copies.forEach(PartwiseForwardPass::free);
        if (!keepsResult(part.configuration())) {
            free(computed);
        }
        return result;
    }

    /** Returns whether a layer keeps its result and continues from it in its next pass. */
    @SuppressWarnings("deprecation") // saved networks have it
    static boolean keepsResult(Object configuration) {
        return configuration instanceof GravesBidirectionalLSTM
                || configuration instanceof FrozenLayer frozen && keepsResult(frozen.getLayer())
                || configuration instanceof BaseWrapperLayer wrapper && keepsResult(wrapper.getUnderlying());
    }

    private void release(String value) {
        if (readers.merge(value, -1, Integer::sum) == 0) {
            free(values.remove(value));
        }
    }

    private static void free(INDArray array) {
        if (!array.wasClosed() && array.closeable()) {
            array.close();
        }
    }
}
