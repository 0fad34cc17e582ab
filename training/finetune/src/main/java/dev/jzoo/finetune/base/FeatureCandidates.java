package dev.jzoo.finetune.base;

import dev.jzoo.export.GraphProbe;
import dev.jzoo.inference.Port;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.passes.GraphPass;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tensors of a base that can serve as features, for a user who has to name one. */
final class FeatureCandidates {

    private static final int MOST = 6;

    private FeatureCandidates() {}

    /** Returns a sentence that lists the tensors with their shapes and layers; empty if the base has none. */
    static String of(BaseNetwork base) throws IOException {
        Graph graph = GraphPass.pruning().apply(base.file().graph());
        List<FeatureTap> taps = FeatureTap.candidates(graph, MOST).stream()
                .filter(tap -> !tap.tensor().equals(base.picture().name()))
                .toList();
        if (taps.isEmpty()) {
            return "";
        }
        List<String> tensors = taps.stream().map(FeatureTap::tensor).toList();
        Map<String, Port> ports;
        try (GraphProbe probe = GraphProbe.of(base.asWritten().file(), base.name(), tensors)) {
            ports = probe.ports().stream().collect(Collectors.toMap(Port::name, Function.identity()));
        }
        return taps.stream()
                .map(tap -> "'" + tap.tensor() + "' " + ports.get(tap.tensor()).shape() + " (" + tap.reason() + ")")
                .collect(Collectors.joining(", ", "Candidates for --features: ", "."));
    }
}
