package dev.jzoo.cli;

import ai.djl.engine.Engine;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;

/** A program that runs compiled pieces of Java one after another. What each prints goes to a file, {@code NAME.out}. */
final class PieceRunner {

    private PieceRunner() {}

    /** Takes the names of the classes. A piece that fails ends its file with the stack trace, and the next one runs. */
    public static void main(String[] names) throws Exception {
        // In a process that uses ONNX Runtime with DJL and without it, DJL's engine has to come first.
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
