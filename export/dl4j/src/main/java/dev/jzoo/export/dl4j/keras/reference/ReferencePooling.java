package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Arrays;
import java.util.Map;

/** Pooling over windows, whose positions outside the input do not count, and over whole axes. */
final class ReferencePooling {

    private ReferencePooling() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        for (int axes = 1; axes <= 3; axes++) {
            int spatial = axes;
            layers.put("MaxPooling" + axes + "D", c -> windows(c, spatial, true));
            layers.put("AveragePooling" + axes + "D", c -> windows(c, spatial, false));
            layers.put("GlobalMaxPooling" + axes + "D", c -> global(c, true));
            layers.put("GlobalAveragePooling" + axes + "D", c -> global(c, false));
        }
    }

    private static ReferenceValue windows(LayerComputation c, int spatial, boolean max) {
        LayerSettings settings = c.settings();
        int[] sizes = settings.integers("pool_size", spatial, 2);
        int[] strides = settings.has("strides") ? settings.integers("strides", spatial, 2) : sizes;
        String padding = settings.text("padding", "valid");
        return c.channelsLast(x -> {
            Window[] windows = new Window[spatial];
            int[] dims = x.dims().clone();
            int elements = 1;
            for (int axis = 0; axis < spatial; axis++) {
                windows[axis] = Window.of(padding, x.dims()[axis + 1], sizes[axis], strides[axis], 1);
                dims[axis + 1] = windows[axis].results();
                elements *= sizes[axis];
            }
            float[] y = new float[ReferenceValue.size(dims)];
            int[] at = new int[dims.length];
            for (int i = 0; i < y.length; i++) {
                double sum = 0;
                double most = Double.NEGATIVE_INFINITY;
                int count = 0;
                for (int element = 0; element < elements; element++) {
                    int place = place(x.dims(), at, windows, element);
                    if (place >= 0) {
                        double value = x.data()[place];
                        sum += value;
                        most = Math.max(most, value);
                        count++;
                    }
                }
                y[i] = (float) (max ? most : sum / count);
                for (int axis = at.length - 1; axis >= 0 && ++at[axis] == dims[axis]; axis--) {
                    at[axis] = 0;
                }
            }
            return ReferenceValue.of(y, dims);
        });
    }

    /** Returns the position in the input of an element of a window; -1 outside. */
    private static int place(int[] dims, int[] at, Window[] windows, int element) {
        int[] offsets = new int[windows.length];
        for (int axis = windows.length - 1, rest = element; axis >= 0; axis--) {
            offsets[axis] = rest % windows[axis].size();
            rest /= windows[axis].size();
        }
        int place = at[0];
        for (int axis = 0; axis < windows.length; axis++) {
            int on = windows[axis].place(at[axis + 1], offsets[axis]);
            if (on < 0 || on >= dims[axis + 1]) {
                return -1;
            }
            place = place * dims[axis + 1] + on;
        }
        return place * dims[dims.length - 1] + at[at.length - 1];
    }

    /** Pools over all axes between batch and channels. A mask excludes steps from the average of a sequence. */
    private static ReferenceValue global(LayerComputation c, boolean max) {
        boolean keeps = c.settings().flag("keepdims", false);
        boolean first = c.isChannelsFirst();
        ReferenceValue x = first ? c.input().channelsLast() : c.input();
        boolean masked = !max && c.input().isMasked() && c.input().rank() == 3 && !first;
        int batch = x.dims()[0];
        int channels = x.last();
        int places = x.data().length / Math.max(1, batch * channels);
        float[] y = new float[batch * channels];
        for (int i = 0; i < y.length; i++) {
            int n = i / channels;
            double sum = 0;
            double most = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int place = 0; place < places; place++) {
                if (!masked || c.input().mask()[n * places + place]) {
                    double value = x.data()[(n * places + place) * channels + i % channels];
                    sum += value;
                    most = Math.max(most, value);
                    count++;
                }
            }
            y[i] = (float) (max ? most : sum / count);
        }
        int[] dims = {batch, channels};
        if (keeps) {
            dims = new int[x.rank()];
            Arrays.fill(dims, 1);
            dims[0] = batch;
            dims[first ? 1 : x.rank() - 1] = channels;
        }
        return ReferenceValue.of(y, dims);
    }
}
