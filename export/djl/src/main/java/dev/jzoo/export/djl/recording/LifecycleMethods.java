package dev.jzoo.export.djl.recording;

import java.lang.reflect.Method;
import java.util.Set;

/** What the methods of DJL's arrays and managers that are no primitives do to a recording. */
final class LifecycleMethods {

    /** Methods that own or free memory: the recording's manager does that, so they keep the array as it is. */
    static final Set<String> KEEPS =
            Set.of("attach", "tempAttach", "returnResource", "detach", "close", "setRequiresGradient");

    /** Those of a manager. */
    static final Set<String> KEEPS_MANAGER = Set.of(
            "close",
            "attachInternal",
            "attachUncappedInternal",
            "tempAttachInternal",
            "detachInternal",
            "attachAll",
            "tempAttachAll",
            "cap");

    /** Methods that give the same values as another array. */
    static final Set<String> PASSES_ON = Set.of("duplicate", "stopGradient", "toDevice", "scaleGradient", "toDense");

    /** Methods that tell everything but values. */
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

    /** Methods that the interfaces write by others and the engine replaces by something else. */
    static final Set<String> OVERRIDDEN = Set.of("oneHot", "split", "squeeze", "swapAxes", "mish");

    /** Primitives that read nothing of their array but its shape. */
    static final Set<String> READS_SHAPE = Set.of("multiBoxPrior");

    private LifecycleMethods() {}

    /** Whether a method of a manager draws at random. */
    static boolean isChance(String method) {
        return method.startsWith("random") || method.startsWith("sample") || method.equals("truncatedNormal");
    }

    /** The method that gives what an in-place one ("addi") would write; null for a method that is not in place. */
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
