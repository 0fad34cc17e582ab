package dev.jzoo.export.djl.recording;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One forward pass, primitive by primitive.
 *
 * @param inputs of the network
 * @param steps in the order in which they ran
 * @param outputs of the network
 * @param outputNames that the forward pass gave its outputs by {@code setName}; empty for those without
 */
public record Recording(
        List<RecordedTensor> inputs, List<RecordedStep> steps, List<RecordedTensor> outputs, List<String> outputNames) {

    /** What each step calls. */
    public List<String> primitives() {
        return steps.stream().map(RecordedStep::primitive).toList();
    }

    /** Numbers of the tensors that the outputs depend on. */
    public Set<Integer> read() {
        Set<Integer> read = new HashSet<>();
        outputs.forEach(output -> read.add(output.number()));
        for (int i = steps.size() - 1; i >= 0; i--) {
            RecordedStep step = steps.get(i);
            if (step.results().stream().anyMatch(result -> read.contains(result.number()))) {
                RecordedTensors.in(step.arguments()).forEach(argument -> read.add(argument.number()));
            }
        }
        return read;
    }
}
