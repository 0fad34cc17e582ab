package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * A stand-in for an array of the forward pass. An in-place primitive gives the proxy a new value, so the network's
 * weights do not change.
 */
final class ArrayProxy implements InvocationHandler {

    private final Recorder recorder;
    private NDArray real;
    private RecordedTensor value;
    /** The name that the forward pass gave the array; null for the engine's own name. */
    private String name;

    ArrayProxy(Recorder recorder, NDArray real, RecordedTensor value, String name) {
        this.recorder = recorder;
        this.real = real;
        this.value = value;
        this.name = name;
    }

    /** Returns the handler of a proxy; null for any other object. */
    static ArrayProxy behind(Object object) {
        return object instanceof Proxy && Proxy.getInvocationHandler(object) instanceof ArrayProxy handler
                ? handler
                : null;
    }

    NDArray real() {
        return real;
    }

    RecordedTensor value() {
        return value;
    }

    /** Returns the name that the forward pass gave the array; empty for none. */
    String name() {
        return name == null ? "" : name;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        String called = method.getName();
        if (called.equals("getNDArrayInternal")) {
            return Recorder.proxy(NDArrayEx.class, new InternalProxy(recorder, this, (NDArray) proxy));
        } else if (called.equals("getManager")) {
            return Recorder.proxy(NDManager.class, new ManagerProxy(recorder, real.getManager()));
        } else if (called.equals("setName")) {
            name = (String) arguments[0];
            return null;
        } else if (called.equals("getName") && name != null) {
            return name;
        } else if (LifecycleMethods.KEEPS.contains(called)) {
            return method.getReturnType() == void.class ? null : proxy;
        } else if (LifecycleMethods.PASSES_ON.contains(called)) {
            return Recorder.proxy(
                    NDArray.class,
                    new ArrayProxy(recorder, (NDArray) Recorder.call(real, method, arguments), value, name));
        } else if (called.equals("equals")) {
            return proxy == arguments[0];
        } else if (LifecycleMethods.DESCRIBES.contains(called) || method.getDeclaringClass() == Object.class) {
            return Recorder.call(real, method, arguments);
        } else if (LifecycleMethods.ASSIGNS.contains(called)) {
            assign((NDArray) proxy, called, arguments);
            return null;
        }
        Class<?> type = method.getReturnType();
        if (type != NDArray.class && type != NDList.class) {
            return read(method, arguments);
        }
        Method outOfPlace = LifecycleMethods.outOfPlace(NDArray.class, method);
        if (outOfPlace != null) {
            return replace((NDArray) proxy, recorder.step(outOfPlace.getName(), this, real, outOfPlace, arguments));
        }
        return isPrimitive(method, arguments)
                ? recorder.step(called, this, real, method, arguments)
                : InvocationHandler.invokeDefault(proxy, method, arguments);
    }

    /**
     * Returns whether a method is recorded. A method that the interface implements with other methods is recorded as
     * those methods, except indexing and methods that engines override.
     */
    private static boolean isPrimitive(Method method, Object[] arguments) {
        return !method.isDefault()
                || LifecycleMethods.OVERRIDDEN.contains(method.getName())
                || method.getName().equals("get") && Arrays.stream(arguments).anyMatch(NDIndex.class::isInstance);
    }

    /** Assigns to an array the values that a method would write into it. */
    private void assign(NDArray proxy, String called, Object[] arguments) {
        if (called.equals("copyTo")) {
            ArrayProxy target = behind(arguments[0]);
            if (target == null) {
                throw new ValueReadException(called);
            }
            target.become(this);
        } else if (called.equals("intern")) {
            become(recorder.seen((NDArray) arguments[0]));
        } else if (arguments.length == 1) {
            replace(proxy, recorder.filled(this, arguments[0]));
        } else {
            NDIndex index = arguments[0] instanceof NDArray places ? new NDIndex("{}", places) : (NDIndex) arguments[0];
            Object written = arguments[1];
            if (written instanceof Function<?, ?>) {
                @SuppressWarnings("unchecked")
                Function<NDArray, NDArray> function = (Function<NDArray, NDArray>) written;
                written = function.apply(proxy.get(index));
            }
            replace(proxy, recorder.assigned(this, index, written));
        }
    }

    private void become(ArrayProxy other) {
        real = other.real;
        value = other.value;
    }

    private Object read(Method method, Object[] arguments) throws Throwable {
        if (!value.isConstant()) {
            throw new ValueReadException(method.getName());
        }
        return Recorder.call(real, method, arguments);
    }

    /** Replaces the array of the proxy by a result. */
    NDArray replace(NDArray proxy, Object result) {
        become(Objects.requireNonNull(behind(result)));
        return proxy;
    }
}
