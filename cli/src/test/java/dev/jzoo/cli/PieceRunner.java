package dev.jzoo.cli;

import ai.djl.engine.Engine;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/** A program that runs compiled pieces of Java one after another. The output of each goes to a file {@code NAME.out}. */
final class PieceRunner {

    private PieceRunner() {}

    /** Runs the classes named in the arguments. If one fails, its file ends with the stack trace, and the next one runs. */
    public static void main(String[] names) throws Exception {
        // In a process that uses ONNX Runtime both through DJL and directly, DJL's engine must start first.
        Engine.getEngine("OnnxRuntime");
        for (String name : names) {
            try (PrintStream out = new PrintStream(name + ".out")) {
                System.setOut(out);
                run(Class.forName(name), out);
            }
        }
    }

    private static void run(Class<?> piece, PrintStream out) throws ReflectiveOperationException {
        try {
            piece.getMethod("run").invoke(null);
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace(out);
        }
    }
}
