package dev.jzoo.export.dl4j.keras.model;

import java.util.List;

/**
 * An input as the model declares it.
 *
 * @param name name of the input layer; "input" in a sequential model
 * @param type Keras's name of the type: "float32"
 * @param shape size of each axis, the batch first; -1 for any size. Empty if the model does not contain it
 */
public record DeclaredInput(String name, String type, List<Long> shape) {

    public DeclaredInput {
        shape = List.copyOf(shape);
    }
}
