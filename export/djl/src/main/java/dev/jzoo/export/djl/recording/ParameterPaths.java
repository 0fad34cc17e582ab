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
 * Names of a network's parameters: their paths in the block tree, "features.3.weight". Parameters are identified by
 * object, so two parameters of the same name, for example in layers that are not registered as children, get different
 * names.
 */
public final class ParameterPaths {

    private final Map<Block, String> blocks = new IdentityHashMap<>();
    private final Map<String, Block> blocksByPath = new LinkedHashMap<>();
    private final Map<Parameter, String> names = new IdentityHashMap<>();
    private final List<Parameter> registered = new ArrayList<>();
    private final List<String> unregistered = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    /** Names the parameters of a network, except inside compiled blocks, which have none. */
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

    /** Names a parameter that no block registers by the path of the fields that hold it. */
    void add(Parameter parameter, String path) {
        if (claim(parameter, path)) {
            unregistered.add(names.get(parameter));
        }
    }

    /** Returns a parameter's name. An unknown parameter gets a new name. */
    String of(Parameter parameter) {
        add(parameter, parameter.getName());
        return names.get(parameter);
    }

    /** Returns the path of a registered block, empty for the network itself; null for any other block. */
    String prefix(Block block) {
        return blocks.get(block);
    }

    /** Returns the blocks of the tree by their paths, each once, a block before its children. */
    public Map<String, Block> blocks() {
        return Collections.unmodifiableMap(blocksByPath);
    }

    /** Returns the parameters of the tree. */
    public List<Parameter> registered() {
        return List.copyOf(registered);
    }

    /** Returns the names of the registered parameters that have no values. */
    public List<String> withoutValues() {
        return registered.stream()
                .filter(parameter -> !parameter.isInitialized())
                .map(names::get)
                .sorted()
                .toList();
    }

    /** Returns the names of parameters in layers that are not registered as children, if a recording has met them. */
    public List<String> unregistered() {
        return List.copyOf(unregistered);
    }
}
