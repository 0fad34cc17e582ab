package dev.jzoo.export.djl;

import java.lang.reflect.Method;
import java.util.Set;

/** What the methods of NDArray that are no primitives do to a recording. */
final class Lifecycle {

    /** Methods that own or free memory: the recording's manager does that, so they keep the array as it is. */
    static final Set<String> KEEPS =
            Set.of("attach", "tempAttach", "detach", "close", "setRequiresGradient", "setName", "intern");

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

    private Lifecycle() {}

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
