package dev.jzoo.export.djl.recording;

import java.lang.reflect.Method;
import java.util.Set;

/** The effect on a recording of those methods of DJL's arrays and managers that are not primitives. */
final class LifecycleMethods {

    /**
     * Methods that own or free memory. They keep the array as it is, because the recording's manager owns all memory.
     */
    static final Set<String> KEEPS =
            Set.of("attach", "tempAttach", "returnResource", "detach", "close", "setRequiresGradient");

    /** Methods of a manager that do the same. */
    static final Set<String> KEEPS_MANAGER = Set.of(
            "close",
            "attachInternal",
            "attachUncappedInternal",
            "tempAttachInternal",
            "detachInternal",
            "attachAll",
            "tempAttachAll",
            "cap");

    /** Methods that return an array with the same values. */
    static final Set<String> PASSES_ON = Set.of("duplicate", "stopGradient", "toDevice", "scaleGradient", "toDense");

    /** Methods that return properties of an array but not its values. */
    static final Set<String> DESCRIBES = Set.of(
            "getDataType",
            "getDevice",
            "getShape",
            "getSparseFormat",
            "getName",
            "getUid",
            "hasGradient",
            "isEmpty",
            "isReleased",
            "isScalar",
            "isSparse",
            "shapeEquals",
            "size",
            "toDebugString");

    /** Methods that write into an array. */
    static final Set<String> ASSIGNS = Set.of("set", "setScalar", "copyTo", "intern");

    /** Methods that the interfaces implement with other methods, and the engine overrides. */
    static final Set<String> OVERRIDDEN = Set.of("oneHot", "split", "squeeze", "swapAxes", "mish");

    /** Primitives that read only the shape of their array. */
    static final Set<String> READS_SHAPE = Set.of("multiBoxPrior");

    private LifecycleMethods() {}

    /** Returns whether a method of a manager draws random numbers. */
    static boolean isRandom(String method) {
        return method.startsWith("random") || method.startsWith("sample") || method.equals("truncatedNormal");
    }

    /**
     * Returns the method that computes the same as an in-place method ("addi") without writing; null for a method that
     * is not in place.
     */
    static Method outOfPlace(Class<?> type, Method method) {
        String name = method.getName();
        if (!name.endsWith("i")) {
            return null;
        }
        try {
            return type.getMethod(name.substring(0, name.length() - 1), method.getParameterTypes());
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
