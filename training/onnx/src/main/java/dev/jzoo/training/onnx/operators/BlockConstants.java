package dev.jzoo.training.onnx.operators;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import dev.jzoo.onnx.TensorData;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Constants as arrays that live as long as the block. The engine's own arithmetic with numbers lends PyTorch the memory
 * of a buffer to which no reference is kept (docs/semantics.md). These arrays are kept, and created once instead of at
 * each step.
 */
public final class BlockConstants {

    private record Scalar(double value, DataType type) {}

    private record OnDevice(Map<Scalar, NDArray> scalars, Map<TensorData, NDArray> tensors) {}

    private final NDManager manager;
    private final Map<Device, OnDevice> devices = new HashMap<>();

    public BlockConstants(NDManager manager) {
        this.manager = manager;
    }

    /** Returns a number, of shape []. */
    synchronized NDArray scalar(double value, DataType type, Device device) {
        return on(device).scalars.computeIfAbsent(new Scalar(value, type), key -> {
            // An array of the same type would share the memory of the first one, even if a copy is requested.
            NDArray wide = manager.create(value);
            NDArray scalar = held(wide.toType(type, false), device);
            if (type != DataType.FLOAT64) {
                wide.close();
            }
            return scalar;
        });
    }

    /** Returns the array of a constant of the graph, identified by the object. */
    synchronized NDArray tensor(TensorData tensor, Device device) {
        return on(device).tensors.computeIfAbsent(tensor, key -> held(HostTensors.array(key, manager), device));
    }

    private OnDevice on(Device device) {
        return devices.computeIfAbsent(device, key -> new OnDevice(new HashMap<>(), new IdentityHashMap<>()));
    }

    private NDArray held(NDArray array, Device device) {
        NDArray placed = array.toDevice(device, false);
        placed.attach(manager);
        NDScope.unregister(array, placed);
        return placed;
    }
}
