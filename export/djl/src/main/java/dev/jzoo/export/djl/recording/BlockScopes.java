package dev.jzoo.export.djl.recording;

import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.BlockList;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The block whose forward pass is running, after which nodes are named: "features/3". While it is open, proxies replace
 * the children of DJL's own containers. They report when a child's forward pass begins and ends, and pass every other
 * call on; {@link #close()} restores the children. A block that calls its children itself is not watched: the steps
 * inside it are named after its parameters.
 */
final class BlockScopes implements AutoCloseable {

    private final Deque<String> running = new ArrayDeque<>();
    private final List<Runnable> restores = new ArrayList<>();
    private final Set<Block> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private BlockScopes() {
        running.push("");
    }

    static BlockScopes watch(Block network) {
        BlockScopes scopes = new BlockScopes();
        scopes.watchChildren(network, "");
        return scopes;
    }

    /**
     * Returns the path of the innermost child of a container whose forward pass is running; empty for the network
     * itself.
     */
    String current() {
        return running.element();
    }

    private void watchChildren(Block parent, String prefix) {
        if (!seen.add(parent)) {
            return;
        }
        List<Block> watchable = children(parent);
        BlockList children = parent.getChildren();
        for (int i = 0; i < children.size(); i++) {
            Block child = children.valueAt(i);
            String path = prefix + children.keyAt(i);
            watchChildren(child, path + "/");
            if (!watchable.isEmpty()) {
                int position = i;
                watchable.set(position, watched(child, path));
                restores.add(() -> watchable.set(position, child));
            }
        }
    }

    /** Returns the children that a container iterates over. */
    private static List<Block> children(Block block) {
        if (block.getClass() != SequentialBlock.class && block.getClass() != ParallelBlock.class) {
            return List.of();
        }
        try {
            Field field = AbstractBlock.class.getDeclaredField("children");
            field.setAccessible(true);
            return ((BlockList) field.get(block)).values();
        } catch (ReflectiveOperationException | RuntimeException e) {
            // A different DJL, or one sealed in a module. The names say less, but the graph is the same.
            return List.of();
        }
    }

    private Block watched(Block child, String path) {
        return (Block) Proxy.newProxyInstance(
                BlockScopes.class.getClassLoader(), new Class<?>[] {Block.class}, (proxy, method, arguments) -> {
                    boolean forward = method.getName().equals("forward");
                    if (forward) {
                        running.push(path);
                    }
                    try {
                        return method.invoke(child, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (forward) {
                            running.pop();
                        }
                    }
                });
    }

    @Override
    public void close() {
        restores.forEach(Runnable::run);
    }
}
