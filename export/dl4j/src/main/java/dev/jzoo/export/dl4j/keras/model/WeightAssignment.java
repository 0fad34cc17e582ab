package dev.jzoo.export.dl4j.keras.model;

import dev.jzoo.export.dl4j.keras.hdf5.Hdf5Object;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The assignment of the file's weights to the layers. Keras stores the weights of each layer of the outermost model
 * together: first all weights that are trained by gradients, then all others. Names are compared as a check. An array
 * that belongs to no layer is an error, and so is a layer without its arrays.
 */
final class WeightAssignment {

    /** A place for an array. */
    private record Slot(KerasLayer layer, String role) {}

    private static final int MOST_NAMED = 8;
    private static final String MISMATCH =
            "The file's settings and weights do not belong together. Save the model again with"
                    + " model.save(\"model.h5\")";

    private final List<Slot> trainable = new ArrayList<>();
    private final List<Slot> others = new ArrayList<>();

    private WeightAssignment() {}

    static void assign(Path file, Hdf5Object root, KerasModel model) throws IOException {
        Hdf5Object all = root.find("model_weights")
                .orElseThrow(() -> new DataFormatException(
                        file,
                        "expected a group model_weights in the HDF5 file, found none. Save the whole model again"
                                + " with model.save(\"model.h5\")"));
        Set<String> seen = new HashSet<>();
        for (KerasLayer layer : model.layers()) {
            WeightAssignment slots = new WeightAssignment();
            slots.collect(layer, true);
            slots.fill(file, all, layer);
            seen.add(layer.path());
        }
        // Weights of the outermost model itself, in addition to those of its layers; TensorFlow writes this group,
        // usually empty.
        Set<String> names = new LinkedHashSet<>(ModelReader.divided(all, "layer_names"));
        if (all.find("top_level_model_weights").isPresent()) {
            names.add("top_level_model_weights");
        }
        for (String name : names) {
            if (!seen.contains(name)
                    && !ModelReader.divided(group(file, all, name), "weight_names")
                            .isEmpty()) {
                throw new DataFormatException(
                        file, "model_weights/" + name + ": no layer of the model has this name. " + MISMATCH);
            }
        }
    }

    private static Hdf5Object group(Path file, Hdf5Object all, String name) throws IOException {
        return all.find(name)
                .orElseThrow(() -> new DataFormatException(
                        file, "expected a group model_weights/" + name + " in the HDF5 file, found none. " + MISMATCH));
    }

    private void collect(KerasLayer layer, boolean learns) {
        boolean own = learns && layer.configuration().path("trainable").asBoolean(true);
        if (layer.model().isPresent()) {
            layer.model().get().layers().forEach(inner -> collect(inner, own));
            return;
        }
        LayerRule rule = LayerRules.of(layer.className()).orElseThrow();
        layer.wrapped().forEach(inner -> collect(inner, own));
        for (String role : rule.trainableRoles(layer.configuration())) {
            (own ? trainable : others).add(new Slot(layer, role));
        }
        rule.statisticRoles().forEach(role -> others.add(new Slot(layer, role)));
    }

    private void fill(Path file, Hdf5Object all, KerasLayer layer) throws IOException {
        List<Slot> slots = new ArrayList<>(trainable);
        slots.addAll(others);
        if (slots.isEmpty() && all.find(layer.path()).isEmpty()) {
            return;
        }
        Hdf5Object group = group(file, all, layer.path());
        List<String> names = ModelReader.divided(group, "weight_names");
        if (names.size() != slots.size()) {
            throw new DataFormatException(
                    file,
                    group.path() + ": expected "
                            + counted(slots.stream().map(Slot::role).toList()) + " for the settings of " + layer
                            + ", found " + counted(names) + ". " + MISMATCH);
        }
        for (int i = 0; i < slots.size(); i++) {
            String name = names.get(i);
            Slot slot = slots.get(i);
            // "lstm/lstm_cell/kernel_1:0" is a kernel: TensorFlow adds a number to a name that is already taken.
            String role = name.substring(name.lastIndexOf('/') + 1)
                    .replaceFirst(":\\d+$", "")
                    .replaceFirst("_\\d+$", "");
            if (!role.equals(slot.role())) {
                throw new DataFormatException(
                        file,
                        group.path() + ": expected the " + slot.role() + " of " + slot.layer() + ", found " + name
                                + ". " + MISMATCH);
            }
            slot.layer().put(slot.role(), array(file, group, name));
        }
    }

    /** Returns a number of arrays, with their names if they are few: "2 arrays [kernel, bias]". */
    private static String counted(List<String> names) {
        return names.size() + " arrays" + (names.size() <= MOST_NAMED ? " " + names : "");
    }

    private static WeightArray array(Path file, Hdf5Object group, String name) throws IOException {
        Hdf5Object dataset = group.find(name)
                .orElseThrow(() -> new DataFormatException(
                        file, group.path() + ": expected a dataset " + name + ", found none. " + MISMATCH));
        long[] sizes = dataset.dims();
        float[] values = dataset.floats();
        int[] dims = new int[sizes.length];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = Math.toIntExact(sizes[axis]);
        }
        return new WeightArray(name, dims, values);
    }
}
