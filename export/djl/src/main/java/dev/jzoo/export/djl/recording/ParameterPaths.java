package dev.jzoo.export.djl.recording;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.util.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of a network's parameters: their paths in the block tree, "features.3.weight". Parameters are told apart by identity,
 * so that two of the same name, in layers that are not registered as children, say, have names of their own.
 */
public final class ParameterPaths {

    private final Map<Block, String> blocks = new IdentityHashMap<>();
    private final Map<String, Block> blocksByPath = new LinkedHashMap<>();
    private final Map<Parameter, String> names = new IdentityHashMap<>();
    private final List<Parameter> registered = new ArrayList<>();
    private final List<String> unregistered = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /** Those of a network, except inside compiled blocks, which have none. */
    public ParameterPaths(Block network) {
        name(network, "");
    }

    private void name(Block block, String path) {
        if (blocks.putIfAbsent(block, path) != null) {
            return;
        }
        blocksByPath.put(path, block);
        if (block instanceof SymbolBlock) {
            return;
        }
        for (Pair<String, Parameter> parameter : block.getDirectParameters()) {
            if (claim(parameter.getValue(), join(path, parameter.getKey()))) {
                registered.add(parameter.getValue());
            }
        }
        for (Pair<String, Block> child : block.getChildren()) {
            name(child.getValue(), join(path, child.getKey()));
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private boolean claim(Parameter parameter, String path) {
        if (names.containsKey(parameter)) {
            return false;
        }
        String name = path;
        for (int i = 1; !taken.add(name); i++) {
            name = path + "_" + i;
        }
        names.put(parameter, name);
        return true;
    }

    /** Gives a parameter that no block registers a path: that of the fields which hold it. */
    void add(Parameter parameter, String path) {
        if (claim(parameter, path)) {
            unregistered.add(names.get(parameter));
        }
    }

    /** A parameter's name. One that is seen for the first time gets its own. */
    String of(Parameter parameter) {
        add(parameter, parameter.getName());
        return names.get(parameter);
    }

    /** Path of a registered block, empty for the network itself; null for another. */
    String prefix(Block block) {
        return blocks.get(block);
    }

    /** The blocks of the tree by their paths, each once, a block before its children. */
    public Map<String, Block> blocks() {
        return Collections.unmodifiableMap(blocksByPath);
    }

    /** The parameters of the tree. */
    public List<Parameter> registered() {
        return List.copyOf(registered);
    }

    /** Names of the registered parameters that have no values. */
    public List<String> withoutValues() {
        return registered.stream()
                .filter(parameter -> !parameter.isInitialized())
                .map(names::get)
                .sorted()
                .toList();
    }

    /** Names of parameters of layers that are not registered as children, as far as a recording has met them. */
    public List<String> unregistered() {
        return List.copyOf(unregistered);
    }
}
