package dev.jzoo.export.djl.recording;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A forward pass, primitive by primitive.
 *
 * @param inputs inputs of the network
 * @param steps steps in the order in which they ran
 * @param outputs outputs of the network
 * @param outputNames names that the forward pass set on its outputs with {@code setName}; empty for outputs without one
 */
public record Recording(
        List<RecordedTensor> inputs, List<RecordedStep> steps, List<RecordedTensor> outputs, List<String> outputNames) {

    /** Returns the primitive of each step. */
    public List<String> primitives() {
        return steps.stream().map(RecordedStep::primitive).toList();
    }

    /** Returns the steps whose only result is read by exactly one other step, by the result's number. */
    public Map<Integer, RecordedStep> readOnce() {
        Map<Integer, Integer> readers = new HashMap<>();
        Stream.concat(
                        steps.stream().flatMap(step -> RecordedTensors.in(step.arguments())),
                        outputs.stream().flatMap(output -> Stream.of(output, output)))
                .forEach(tensor -> readers.merge(tensor.number(), 1, Integer::sum));
        return steps.stream()
                .filter(step -> step.results().size() == 1
                        && readers.getOrDefault(step.results().get(0).number(), 0) == 1)
                .collect(Collectors.toMap(step -> step.results().get(0).number(), step -> step));
    }

    /** Returns the numbers of the tensors that the outputs depend on. */
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
