package dev.jzoo.inference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The device that runs a model. */
public sealed interface Device {

    /** The CPU. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU. If it cannot be used, opening the model fails: nothing falls back to the CPU, except single operators
     * that ONNX Runtime implements for the CPU only.
     *
     * @param index of the GPU in CUDA's order, from 0
     */
    record Cuda(int index) implements Device {
        public Cuda {
            if (index < 0) {
                throw new IllegalArgumentException("The index of a GPU is at least 0, not " + index + ".");
            }
        }

        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /** GPU 0 if CUDA is available, or the CPU otherwise. {@link OnnxModel#device()} and the log show which. */
    record Auto() implements Device {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** Returns the CPU. */
    static Device cpu() {
        return new Cpu();
    }

    /** Returns the GPU of this index. If it cannot be used, opening a model fails. */
    static Device cuda(int index) {
        return new Cuda(index);
    }

    /** Returns a device that is a GPU if available, or the CPU otherwise. */
    static Device auto() {
        return new Auto();
    }

    /** Reads "cpu", "cuda" (which is cuda:0), "cuda:1" or "auto". Fails with IllegalArgumentException on other text. */
    static Device parse(String text) {
        Matcher cuda = Pattern.compile("cuda(?::(\\d{1,4}))?").matcher(text);
        if (cuda.matches()) {
            return cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        return switch (text) {
            case "cpu" -> cpu();
            case "auto" -> auto();
            default ->
                throw new IllegalArgumentException(
                        "Unknown device '" + text + "'; expected cpu, cuda, cuda:1 or auto.");
        };
    }
}
