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
 * Gives each layer its weights from the file. Keras stores those of one layer of the outermost model together, and inside of it first
 * all that learn by gradients, then all others; names are compared as a check. An array that no layer takes fails, and so does a
 * layer that finds none.
 */
final class WeightAssignment {

    /** A place for an array. */
    private record Slot(KerasLayer layer, String role) {}

    private final List<Slot> trainable = new ArrayList<>();
    private final List<Slot> others = new ArrayList<>();

    private WeightAssignment() {}

    static void assign(Path file, Hdf5Object root, KerasModel model) throws IOException {
        Hdf5Object all = root.find("model_weights")
                .orElseThrow(() -> new DataFormatException(file, "the HDF5 file has no group model_weights"));
        Set<String> seen = new HashSet<>();
        for (KerasLayer layer : model.layers()) {
            WeightAssignment slots = new WeightAssignment();
            slots.collect(layer, true);
            slots.fill(file, all, layer);
            seen.add(layer.path());
        }
        // Weights that the outermost model has besides those of its layers; TensorFlow writes the group, mostly empty.
        Set<String> names = new LinkedHashSet<>(ModelReader.divided(all, "layer_names"));
        if (all.find("top_level_model_weights").isPresent()) {
            names.add("top_level_model_weights");
        }
        for (String name : names) {
            if (!seen.contains(name)
                    && !ModelReader.divided(group(file, all, name), "weight_names")
                            .isEmpty()) {
                throw new DataFormatException(file, "model_weights/" + name + ": no layer of the model has this name");
            }
        }
    }

    private static Hdf5Object group(Path file, Hdf5Object all, String name) throws IOException {
        return all.find(name)
                .orElseThrow(() -> new DataFormatException(file, "the HDF5 file has no group model_weights/" + name));
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
                    group.path() + ": expected " + slots.size() + " arrays for the settings of " + layer + ", found "
                            + names.size());
        }
        for (int i = 0; i < slots.size(); i++) {
            String name = names.get(i);
            Slot slot = slots.get(i);
            // "lstm/lstm_cell/kernel_1:0" is a kernel: TensorFlow numbers names that it has already
            String role = name.substring(name.lastIndexOf('/') + 1)
                    .replaceFirst(":\\d+$", "")
                    .replaceFirst("_\\d+$", "");
            if (!role.equals(slot.role())) {
                throw new DataFormatException(
                        file,
                        group.path() + ": expected the " + slot.role() + " of " + slot.layer() + ", found " + name);
            }
            slot.layer().put(slot.role(), array(file, group, name));
        }
    }

    private static WeightArray array(Path file, Hdf5Object group, String name) throws IOException {
        Hdf5Object dataset = group.find(name)
                .orElseThrow(() -> new DataFormatException(file, group.path() + ": no dataset " + name));
        long[] sizes = dataset.dims();
        float[] values = dataset.floats();
        int[] dims = new int[sizes.length];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = Math.toIntExact(sizes[axis]);
        }
        return new WeightArray(name, dims, values);
    }
}
