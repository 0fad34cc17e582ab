package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.ValueInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Tests every method of DJL's arrays that returns arrays, and every such static method of NDArrays. Each is exported
 * and agrees, or is refused with a specific reason. A method that a later DJL adds fails here until it is listed.
 */
class EveryMethodTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo INPUT = Cases.floats(3, 4, 5);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** Methods that are refused, each with a reason in its message. */
    private static final Set<String> REFUSED = Set.of(
            "booleanMask",
            "conj",
            "dropout",
            "erfinv",
            "fft",
            "gammaln",
            "ifft",
            "irfft",
            "like",
            "median",
            "nonzero",
            "percentile",
            "rfft",
            "unique");

    /** Methods that PyTorch's engine lacks, or with arguments that other tests cover. */
    private static final Set<String> NOT_HERE = Set.of(
            "acosh",
            "asinh",
            "atanh",
            "avgPool",
            "batchDot",
            "batchNorm",
            "complex",
            "convolution",
            "decode",
            "deconvolution",
            "divi",
            "dot",
            "embedding",
            "fft2",
            "getGradient",
            "gru",
            "ifft2",
            "interpolation",
            "inverse",
            "linear",
            "lpPool",
            "lstm",
            "maxPool",
            "modi",
            "multiBoxDetection",
            "multiBoxPrior",
            "multiBoxTarget",
            "oneHot",
            "powi",
            "prelu",
            "randomBrightness",
            "randomColorJitter",
            "randomFlipLeftRight",
            "randomFlipTopBottom",
            "randomHue",
            "rdivi",
            "real",
            "rmodi",
            "rnn",
            "rpowi",
            "sequenceMask",
            "squeeze",
            "stft",
            "tile",
            "toSparse",
            "trace");

    @Test
    void everyMethodThatGivesArraysIsExportedOrRefusedForAReason() throws Exception {
        List<String> faults = new ArrayList<>();
        Set<String> refused = new TreeSet<>();
        Set<String> notHere = new TreeSet<>();
        int exported = 0;
        for (Class<?> type : List.of(NDArray.class, NDArrayEx.class, NDArrays.class)) {
            for (Method method : type.getMethods()) {
                if (method.getReturnType() != NDArray.class && method.getReturnType() != NDList.class) {
                    continue;
                }
                String name = type.getSimpleName() + "." + method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .toList();
                if (!engineHas(method)) {
                    notHere.add(method.getName());
                    continue;
                }
                try {
                    OnnxExporter.of(new LambdaBlock(list -> call(method, list.head())))
                            .input("x", INPUT.type(), INPUT.shape())
                            .export();
                    exported++;
                } catch (UnsupportedNetworkException e) {
                    refused.add(method.getName());
                    if (e.getMessage().contains("no ONNX form is known")) {
                        faults.add(name + ": " + e.getMessage());
                    }
                } catch (RuntimeException e) {
                    faults.add(name + ": " + e);
                }
            }
        }
        assertEquals(List.of(), faults);
        assertEquals(new TreeSet<>(REFUSED), refused);
        assertEquals(new TreeSet<>(NOT_HERE), notHere);
        assertTrue(exported > 270, "only " + exported + " methods");
    }

    private static boolean engineHas(Method method) {
        try (NDManager scratch = MANAGER.newSubManager()) {
            return call(method, scratch.randomUniform(-1, 1, new Shape(3, 4, 5))) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static NDList call(Method method, NDArray x) {
        NDArray positive = x.abs().add(0.5f);
        try {
            Object target = Modifier.isStatic(method.getModifiers())
                    ? null
                    : method.getDeclaringClass() == NDArrayEx.class ? positive.getNDArrayInternal() : positive;
            Object result = method.invoke(target, arguments(method, positive));
            return result instanceof NDArray array ? new NDList(array) : (NDList) result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object[] arguments(Method method, NDArray x) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = argument(method, types[i], i, x);
        }
        return arguments;
    }

    private static Object argument(Method method, Class<?> type, int position, NDArray x) {
        String name = method.getName();
        if (type == NDArray.class) {
            // A static method takes the array as its first argument.
            boolean statical = Modifier.isStatic(method.getModifiers()) && !name.equals("where");
            return statical && position == 0 ? x : array(name, statical ? position - 1 : position, x);
        } else if (type == NDArray[].class) {
            return new NDArray[] {x, x.neg()};
        } else if (type == NDList.class) {
            return new NDList(x, x.neg());
        } else if (type == long[].class) {
            return switch (name) {
                case "broadcast" -> new long[] {3, 4, 5};
                case "reshape" -> new long[] {3, -1};
                case "split" -> new long[] {1, 2};
                default -> new long[] {1, 2, 1};
            };
        } else if (type == int[].class) {
            return switch (name) {
                case "rotate90", "flip" -> new int[] {0, 2};
                case "transpose" -> new int[] {2, 0, 1};
                default -> new int[] {1};
            };
        } else if (type == int.class) {
            return name.equals("diagonal") ? position : 1;
        } else if (type == Shape.class) {
            return name.equals("pad") ? new Shape(1, 2) : new Shape(3, 4, 5);
        } else if (type == float[].class) {
            return new float[] {0.5f, 0.5f, 0.5f};
        } else if (type == NDManager.class) {
            return x.getManager();
        }
        return PLAIN.get(type);
    }

    private static final Map<Class<?>, Object> PLAIN = Map.of(
            Number.class,
            2,
            long.class,
            2L,
            float.class,
            0.5f,
            double.class,
            0.5,
            boolean.class,
            true,
            DataType.class,
            DataType.FLOAT32,
            NDIndex.class,
            new NDIndex("1"),
            String.class,
            "1",
            Object[].class,
            new Object[0],
            Device.class,
            Device.cpu());

    private static NDArray array(String name, int position, NDArray x) {
        return switch (name) {
            case "matMul", "batchMatMul" -> x.transpose(0, 2, 1);
            case "booleanMask", "where" -> position == 0 ? x.gt(1) : x.add(1);
            case "gather", "take", "get" -> x.gt(1).toType(DataType.INT64, false);
            case "scatter", "put" -> position == 0 ? x.argSort(1, true) : x.add(1);
            case "gatherNd" -> x.get("0").gt(1).get(":3").toType(DataType.INT64, false);
            default -> x.add(1);
        };
    }
}
