package dev.jzoo.export.djl.recording;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The arrays and managers that a network holds: in fields of its blocks, in captured variables of its lambdas, in lists
 * and maps of both. Proxies replace them, so that a call on such an array is recorded like a call on a tensor of the
 * forward pass: {@code table.get(":{}", length)}, {@code scale.mul(x)}. {@link #restore()} puts the originals back, and
 * removes arrays that the forward pass stored in fields.
 *
 * <p>Static fields are not followed, because other code may use them.
 */
final class HeldArrays {

    /** A depth greater than the nesting of any network, but small enough to walk a linked list node by node. */
    private static final int DEEPEST = 200;

    private final Proxies proxies;
    private final ParameterPaths paths;
    private final Map<Object, Object> replacements = new IdentityHashMap<>();
    private final Deque<Runnable> restores = new ArrayDeque<>();
    private final Deque<String> place = new ArrayDeque<>();

    private HeldArrays(Proxies proxies, ParameterPaths paths) {
        this.proxies = proxies;
        this.paths = paths;
    }

    /** Creates the proxies for arrays and managers. */
    interface Proxies {

        NDArray constant(NDArray array);

        NDArray parameter(Parameter parameter);

        NDManager manager(NDManager manager);
    }

    /**
     * Replaces the arrays and managers that a network holds by proxies, and names unregistered parameters by their
     * paths.
     */
    static HeldArrays replace(Block network, Proxies proxies, ParameterPaths paths) {
        HeldArrays held = new HeldArrays(proxies, paths);
        try {
            paths.registered().forEach(held::replaced);
            held.replaced(network);
        } catch (RuntimeException e) {
            held.restore();
            throw e;
        }
        return held;
    }

    void restore() {
        // Restores in reverse order.
        while (!restores.isEmpty()) {
            restores.pop().run();
        }
    }

    /** Returns the replacement of a value: a proxy, the same object with new contents, or a copy with new contents. */
    private Object replaced(Object value) {
        if (value == null || place.size() > DEEPEST || !isFollowed(value)) {
            return value;
        }
        Object known = replacements.get(value);
        if (known != null) {
            return known;
        }
        replacements.put(value, value);
        Object replacement = replacement(value);
        replacements.put(value, replacement);
        return replacement;
    }

    /** Returns the replacement of a value that another object holds under a name. */
    private Object replaced(String name, Object value) {
        place.addLast(name);
        try {
            return replaced(value);
        } finally {
            place.removeLast();
        }
    }

    private static boolean isFollowed(Object value) {
        Class<?> type = value.getClass();
        String name = type.getName();
        return value instanceof NDArray
                || value instanceof NDManager
                || value instanceof List
                || value instanceof Map
                || value instanceof Object[]
                || name.startsWith("ai.djl.nn.")
                || name.startsWith("ai.djl.util.Pair")
                || value instanceof Block
                || !(name.startsWith("java.")
                        || name.startsWith("javax.")
                        || name.startsWith("jdk.")
                        || name.startsWith("sun.")
                        || name.startsWith("ai.djl.")
                        || type.isEnum()
                        || type.isPrimitive()
                        || type.isArray());
    }

    private Object replacement(Object value) {
        if (value instanceof NDArray array) {
            return ArrayProxy.behind(array) == null ? proxies.constant(array) : array;
        } else if (value instanceof NDManager manager) {
            return proxies.manager(manager);
        } else if (value instanceof Parameter parameter && parameter.isInitialized()) {
            paths.add(parameter, path(parameter));
            replacements.put(parameter.getArray(), proxies.parameter(parameter));
            return fields(parameter);
        } else if (value instanceof Object[] elements) {
            return elements(elements);
        } else if (value instanceof List<?> list) {
            return list(list);
        } else if (value instanceof Map<?, ?> map) {
            return map(map);
        } else if (value.getClass().isHidden()) {
            return lambda(value);
        }
        return value instanceof Record given ? record(given) : fields(value);
    }

    /** Returns the names of the fields that lead to a parameter, followed by the parameter's name. */
    private String path(Parameter parameter) {
        List<String> path = new ArrayList<>(place);
        path.removeIf(String::isEmpty);
        if (path.isEmpty() || !path.get(path.size() - 1).equals(parameter.getName())) {
            path.add(parameter.getName());
        }
        return String.join(".", path);
    }

    private Object elements(Object[] elements) {
        for (int i = 0; i < elements.length; i++) {
            Object old = elements[i];
            Object other = replaced(String.valueOf(i), old);
            if (other != old && elements.getClass().getComponentType().isInstance(other)) {
                int position = i;
                elements[i] = other;
                restores.push(() -> elements[position] = old);
            }
        }
        return elements;
    }

    private Object list(List<?> list) {
        List<Object> others = new ArrayList<>();
        boolean changed = false;
        for (Object old : list) {
            Object other = replaced(String.valueOf(others.size()), old);
            changed |= other != old;
            others.add(other);
        }
        if (!changed) {
            return list;
        }
        @SuppressWarnings("unchecked")
        List<Object> open = (List<Object>) list;
        List<Object> before = new ArrayList<>(list);
        try {
            setAll(open, others);
        } catch (UnsupportedOperationException e) {
            return others;
        }
        restores.push(() -> setAll(open, before));
        return list;
    }

    private static void setAll(List<Object> list, List<Object> values) {
        for (int i = 0; i < values.size(); i++) {
            list.set(i, values.get(i));
        }
    }

    private Object map(Map<?, ?> map) {
        Map<Object, Object> before = new LinkedHashMap<>();
        Map<Object, Object> others = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object other = replaced(String.valueOf(entry.getKey()), entry.getValue());
            changed |= other != entry.getValue();
            before.put(entry.getKey(), entry.getValue());
            others.put(entry.getKey(), other);
        }
        if (!changed) {
            return map;
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> open = (Map<Object, Object>) map;
        try {
            open.putAll(others);
        } catch (UnsupportedOperationException e) {
            return others;
        }
        restores.push(() -> open.putAll(before));
        return map;
    }

    /**
     * Returns a copy of a lambda that captures the proxies, because a lambda's captured variables cannot be changed.
     */
    private Object lambda(Object lambda) {
        return copy(
                lambda,
                Arrays.stream(lambda.getClass().getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .toList());
    }

    /** Returns a copy of a record with its components replaced, because they cannot be changed. */
    private Object record(Record given) {
        return copy(
                given,
                Arrays.stream(given.getClass().getRecordComponents())
                        .map(component -> fieldOf(given.getClass(), component))
                        .toList());
    }

    private static Field fieldOf(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object copy(Object value, List<Field> contents) {
        try {
            Object[] others = new Object[contents.size()];
            boolean changed = false;
            for (int i = 0; i < others.length; i++) {
                Object old = get(contents.get(i), value);
                others[i] = replaced("", old);
                changed |= others[i] != old && !contents.get(i).getType().isPrimitive();
            }
            if (!changed) {
                return value;
            }
            Constructor<?> constructor = value.getClass()
                    .getDeclaredConstructor(
                            contents.stream().map(Field::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(others);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // Sealed in a module, or the constructor refuses: the arrays in it are recorded as constants.
            return value;
        }
    }

    private Object fields(Object value) {
        String path = value instanceof Block block ? paths.prefix(block) : null;
        Deque<String> outer = new ArrayDeque<>(place);
        if (path != null) {
            place.clear();
            place.addLast(path);
        }
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field(field, value);
                }
            }
        }
        place.clear();
        place.addAll(outer);
        return value;
    }

    private void field(Field field, Object owner) {
        try {
            Object old = get(field, owner);
            boolean ours = field.getDeclaringClass().getName().startsWith("ai.djl.");
            Object other = replaced(ours ? "" : field.getName(), old);
            boolean fits = other == null || field.getType().isInstance(other);
            if (other != old && fits) {
                field.set(owner, other);
            }
            // The forward pass may store an array in this field, and that array is a proxy.
            if (other != old && fits || NDArray.class.isAssignableFrom(field.getType())) {
                restores.push(() -> putBack(field, owner, old));
            }
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            // Sealed in a module: the arrays in it are recorded as constants.
        }
    }

    private static Object get(Field field, Object owner) throws IllegalAccessException {
        field.setAccessible(true);
        return field.get(owner);
    }

    private static void putBack(Field field, Object owner, Object value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Cannot write " + field + ", which was written before.", e);
        }
    }
}
