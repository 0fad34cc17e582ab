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

/**
 * Stands in for an array of the forward pass. An in-place primitive gives it a new value, so that the weights of the network
 * stay intact.
 */
final class ArrayProxy implements InvocationHandler {

    private final Recorder recorder;
    private NDArray real;
    private RecordedTensor value;

    ArrayProxy(Recorder recorder, NDArray real, RecordedTensor value) {
        this.recorder = recorder;
        this.real = real;
        this.value = value;
    }

    /** The handler behind a proxy; null for anything else. */
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

    @Override
    public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        String name = method.getName();
        if (name.equals("getNDArrayInternal")) {
            return Recorder.proxy(NDArrayEx.class, new InternalProxy(recorder, this, (NDArray) proxy));
        } else if (name.equals("getManager")) {
            return Recorder.proxy(NDManager.class, new ManagerProxy(recorder, real.getManager()));
        } else if (LifecycleMethods.KEEPS.contains(name)) {
            return method.getReturnType() == void.class ? null : proxy;
        } else if (LifecycleMethods.PASSES_ON.contains(name)) {
            return Recorder.proxy(
                    NDArray.class, new ArrayProxy(recorder, (NDArray) Recorder.call(real, method, arguments), value));
        } else if (name.equals("equals")) {
            return proxy == arguments[0];
        } else if (LifecycleMethods.DESCRIBES.contains(name) || method.getDeclaringClass() == Object.class) {
            return Recorder.call(real, method, arguments);
        } else if (LifecycleMethods.ASSIGNS.contains(name)) {
            recorder.refuse(name, this);
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
                ? recorder.step(name, this, real, method, arguments)
                : InvocationHandler.invokeDefault(proxy, method, arguments);
    }

    /** A method that the interface writes by others is recorded as those, but for indexing and what engines override. */
    private static boolean isPrimitive(Method method, Object[] arguments) {
        return !method.isDefault()
                || LifecycleMethods.OVERRIDDEN.contains(method.getName())
                || method.getName().equals("get") && Arrays.stream(arguments).anyMatch(NDIndex.class::isInstance);
    }

    private Object read(Method method, Object[] arguments) throws Throwable {
        if (!value.isConstant()) {
            throw new ValueReadException(method.getName());
        }
        return Recorder.call(real, method, arguments);
    }

    /** Gives the array behind the proxy another value: that of a result. */
    NDArray replace(NDArray proxy, Object result) {
        ArrayProxy replacement = Objects.requireNonNull(behind(result));
        real = replacement.real;
        value = replacement.value;
        return proxy;
    }
}
