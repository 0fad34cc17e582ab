package dev.jzoo.export.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs a forward pass on real arrays behind proxies and writes down each primitive. The arrays give shapes, types and
 * constants for nothing; no value of a tensor that depends on the input ever leaves the recording.
 */
final class Recorder {

    private final NDManager manager;
    private final Map<Parameter, String> paths;
    private final List<Step> steps = new ArrayList<>();
    private int tensors;

    /**
     * @param manager owner of every array of this recording
     * @param paths path of each parameter in the block tree, by identity
     */
    Recorder(NDManager manager, Map<Parameter, String> paths) {
        this.manager = manager;
        this.paths = paths;
    }

    /** Runs the block on arrays that belong to the recording's manager. */
    Recording record(Block block, NDList inputs) {
        NDList traced = new NDList();
        for (int i = 0; i < inputs.size(); i++) {
            traced.add(wrap(inputs.get(i), new Traced.Origin.Input(i)));
        }
        NDList outputs = block.forward(new RecordingStore(), traced, false);
        List<Traced> results = outputs.stream().map(this::traced).toList();
        return new Recording(List.copyOf(steps), results);
    }

    /** Gives the block its parameters behind proxies. */
    private final class RecordingStore extends ParameterStore {

        RecordingStore() {
            super(manager, false);
        }

        @Override
        public NDArray getValue(Parameter parameter, Device device, boolean training) {
            if (parameter == null) {
                return null;
            }
            String path = paths.getOrDefault(parameter, parameter.getName());
            return wrap(parameter.getArray(), new Traced.Origin.Weight(path, parameter.getArray()));
        }
    }

    private NDArray wrap(NDArray array, Traced.Origin origin) {
        return proxy(NDArray.class, new ArrayHandler(array, trace(array, origin)));
    }

    private Traced trace(NDArray array, Traced.Origin origin) {
        return new Traced(tensors++, origin, array.getShape(), array.getDataType());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Recorder.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static ArrayHandler handler(Object proxy) {
        return proxy instanceof Proxy && Proxy.getInvocationHandler(proxy) instanceof ArrayHandler handler
                ? handler
                : null;
    }

    /** The tensor behind a proxy; an array from outside the recording is a constant. */
    private Traced traced(NDArray array) {
        ArrayHandler handler = handler(array);
        return handler != null ? handler.value : trace(array, new Traced.Origin.Constant(array));
    }

    /** An argument as the engine wants it: real arrays instead of proxies. */
    private static Object real(Object argument) {
        if (argument instanceof NDList list) {
            NDList reals = new NDList();
            list.forEach(array -> reals.add((NDArray) real(array)));
            return reals;
        } else if (argument instanceof NDArray[] arrays) {
            return Arrays.stream(arrays).map(array -> (NDArray) real(array)).toArray(NDArray[]::new);
        }
        ArrayHandler handler = handler(argument);
        if (handler != null) {
            return handler.real;
        }
        return argument instanceof Proxy && Proxy.getInvocationHandler(argument) instanceof ManagerHandler manager
                ? manager.real
                : argument;
    }

    /** An argument as the recording keeps it: tensors instead of proxies. */
    private Object recorded(Object argument) {
        if (argument instanceof NDList list) {
            return list.stream().map(this::traced).toList();
        } else if (argument instanceof NDArray[] arrays) {
            return Arrays.stream(arrays).map(this::traced).toList();
        }
        return argument instanceof NDArray array ? traced(array) : argument;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            Object[] reals = Arrays.stream(arguments).map(Recorder::real).toArray();
            return method.invoke(target, reals);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Runs a primitive for real and writes it down. */
    private Object step(String name, ArrayHandler receiver, Object target, Method method, Object[] arguments)
            throws Throwable {
        List<Object> recorded = new ArrayList<>();
        recorded.add(receiver.value);
        for (Object argument : arguments) {
            recorded.add(recorded(argument));
        }
        Object result = call(target, method, arguments);
        String scope = scope(recorded);
        List<Traced> results = new ArrayList<>();
        Object wrapped = result;
        if (result instanceof NDArray array) {
            wrapped = result(array, scope, results);
        } else if (result instanceof NDList list) {
            NDList proxies = new NDList();
            list.forEach(array -> proxies.add(result(array, scope, results)));
            wrapped = proxies;
        }
        steps.add(new Step(name, scope, Collections.unmodifiableList(recorded), results));
        return wrapped;
    }

    private NDArray result(NDArray array, String scope, List<Traced> results) {
        ArrayHandler handler = new ArrayHandler(array, trace(array, new Traced.Origin.Result(scope)));
        results.add(handler.value);
        return proxy(NDArray.class, handler);
    }

    /** A primitive with parameters belongs to their block; one without, to the block around that of its operand. */
    private static String scope(List<Object> arguments) {
        String around = "";
        for (Object argument : arguments) {
            List<?> candidates = argument instanceof List<?> list ? list : Collections.singletonList(argument);
            for (Object candidate : candidates) {
                if (candidate instanceof Traced tensor) {
                    if (tensor.origin() instanceof Traced.Origin.Weight) {
                        return tensor.scope();
                    }
                    around = around.isEmpty() ? tensor.scope() : around;
                }
            }
        }
        return around.contains("/") ? around.substring(0, around.lastIndexOf('/')) : "";
    }

    /** Stands in for an array. In-place primitives give it a new value, so that the weights of the network stay intact. */
    private final class ArrayHandler implements InvocationHandler {

        private NDArray real;
        private Traced value;

        ArrayHandler(NDArray real, Traced value) {
            this.real = real;
            this.value = value;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
            Object[] arguments = given == null ? new Object[0] : given;
            String name = method.getName();
            if (name.equals("getNDArrayInternal")) {
                return proxy(NDArrayEx.class, new InternalHandler(this, (NDArray) proxy));
            } else if (name.equals("getManager")) {
                return proxy(NDManager.class, new ManagerHandler(real.getManager()));
            } else if (Lifecycle.KEEPS.contains(name)) {
                return method.getReturnType() == void.class ? null : proxy;
            } else if (Lifecycle.PASSES_ON.contains(name)) {
                return proxy(NDArray.class, new ArrayHandler((NDArray) call(real, method, arguments), value));
            } else if (name.equals("equals")) {
                return proxy == arguments[0];
            } else if (Lifecycle.DESCRIBES.contains(name) || method.getDeclaringClass() == Object.class) {
                return call(real, method, arguments);
            }
            Class<?> type = method.getReturnType();
            if (type != NDArray.class && type != NDList.class) {
                return read(proxy, method, arguments);
            }
            Method outOfPlace = Lifecycle.outOfPlace(NDArray.class, method);
            if (outOfPlace != null) {
                return replace((NDArray) proxy, step(outOfPlace.getName(), this, real, outOfPlace, arguments));
            }
            boolean indexed = name.equals("get") && Arrays.stream(arguments).anyMatch(NDIndex.class::isInstance);
            if (method.isDefault() && !indexed && (name.equals("get") || !Primitives.known(name))) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return step(name, this, real, method, arguments);
        }

        private Object read(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (!value.isConstant()) {
                throw new ValueReadException(method.getName());
            }
            return call(real, method, arguments);
        }

        private NDArray replace(NDArray proxy, Object result) {
            ArrayHandler replacement = Objects.requireNonNull(handler(result));
            real = replacement.real;
            value = replacement.value;
            return proxy;
        }
    }

    /** Stands in for the engine's own primitives of an array. */
    private final class InternalHandler implements InvocationHandler {

        private final ArrayHandler receiver;
        private final NDArray array;

        InternalHandler(ArrayHandler receiver, NDArray array) {
            this.receiver = receiver;
            this.array = array;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
            Object[] arguments = given == null ? new Object[0] : given;
            if (method.getName().equals("getArray")) {
                return array;
            }
            NDArrayEx target = receiver.real.getNDArrayInternal();
            Method outOfPlace = Lifecycle.outOfPlace(NDArrayEx.class, method);
            if (outOfPlace != null) {
                Object result = outOfPlace.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, outOfPlace, arguments)
                        : step(outOfPlace.getName(), receiver, target, outOfPlace, arguments);
                return receiver.replace(array, result);
            }
            if (method.isDefault() && !Primitives.known(method.getName())) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            return step(method.getName(), receiver, target, method, arguments);
        }
    }

    /** Stands in for a manager: what it makes are constants. */
    private final class ManagerHandler implements InvocationHandler {

        private final NDManager real;

        ManagerHandler(NDManager real) {
            this.real = real;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] given) throws Throwable {
            Object[] arguments = given == null ? new Object[0] : given;
            if (method.getName().equals("close") || method.getName().startsWith("attach")) {
                return null;
            }
            Object result = call(real, method, arguments);
            if (result instanceof NDArray array) {
                array.attach(manager);
                return wrap(array, new Traced.Origin.Constant(array));
            }
            return result instanceof NDManager sub ? proxy(NDManager.class, new ManagerHandler(sub)) : result;
        }
    }
}
