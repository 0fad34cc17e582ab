package dev.jzoo.export.djl;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One forward pass, primitive by primitive.
 *
 * @param inputs of the network
 * @param steps in the order in which they ran
 * @param outputs of the network
 */
record Recording(List<Traced> inputs, List<Step> steps, List<Traced> outputs) {

    /** What each step calls. */
    List<String> primitives() {
        return steps.stream().map(Step::primitive).toList();
    }

    /** Numbers of the tensors that the outputs depend on. */
    Set<Integer> read() {
        Set<Integer> read = new HashSet<>();
        outputs.forEach(output -> read.add(output.number()));
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.results().stream().anyMatch(result -> read.contains(result.number()))) {
                Tensors.in(step.arguments()).forEach(argument -> read.add(argument.number()));
            }
        }
        return read;
    }
}
