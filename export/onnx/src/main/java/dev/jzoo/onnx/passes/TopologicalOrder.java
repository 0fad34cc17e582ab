package dev.jzoo.onnx.passes;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** A pass that sorts nodes by their inputs. Among independent nodes it keeps the order. */
final class TopologicalOrder implements GraphPass {

    @Override
    public Graph apply(Graph graph) {
        List<Node> nodes =
                graph.nodes().stream().map(node -> node.withBodies(this::apply)).toList();
        List<Node> sorted = sorted(nodes);
        boolean same = true;
        for (int i = 0; i < sorted.size(); i++) {
            same &= sorted.get(i) == graph.nodes().get(i);
        }
        return same
                ? graph
                : new Graph(
                        graph.name(), graph.inputs(), graph.outputs(), graph.initializers(), sorted, graph.values());
    }

    private static List<Node> sorted(List<Node> nodes) {
        Map<String, Integer> writers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).outputs()) {
                if (!output.isEmpty()) {
                    writers.putIfAbsent(output, i);
                }
            }
        }
        int[] missing = new int[nodes.size()];
        List<List<Integer>> readers = new ArrayList<>();
        nodes.forEach(node -> readers.add(new ArrayList<>()));
        for (int i = 0; i < nodes.size(); i++) {
            Set<Integer> needed = new HashSet<>();
            for (String name : read(nodes.get(i))) {
                if (writers.containsKey(name)) {
                    needed.add(writers.get(name));
                }
            }
            missing[i] = needed.size();
            for (int writer : needed) {
                readers.get(writer).add(i);
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < missing.length; i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<Node> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.poll();
            sorted.add(nodes.get(next));
            for (int reader : readers.get(next)) {
                if (--missing[reader] == 0) {
                    ready.add(reader);
                }
            }
        }
        return sorted.size() == nodes.size() ? sorted : nodes;
    }

    /** Returns the names that a node reads, including its bodies. */
    private static Set<String> read(Node node) {
        Set<String> names = new HashSet<>(node.inputs());
        Deque<Graph> open = new ArrayDeque<>(node.bodies());
        while (!open.isEmpty()) {
            Graph body = open.pop();
            body.outputs().forEach(output -> names.add(output.name()));
            for (Node inner : body.nodes()) {
                names.addAll(inner.inputs());
                open.addAll(inner.bodies());
            }
        }
        return names;
    }
}
