package dev.jzoo.inference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model runs. */
public sealed interface Device {

    /** The processor. */
    record Cpu() implements Device {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU, or failure: nothing falls back to the processor, except single operators that ONNX Runtime has for
     * the processor only.
     *
     * @param index of the GPU as CUDA counts them, from 0
     */
    record Cuda(int index) implements Device {
        public Cuda {
            if (index < 0) {
                throw new IllegalArgumentException("GPUs are counted from 0; " + index + " was given.");
            }
        }

        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /** GPU 0 if CUDA can be used, else the processor; {@link OnnxModel#device()} and the log tell which. */
    record Auto() implements Device {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** The processor. */
    static Device cpu() {
        return new Cpu();
    }

    /** The GPU of that index, or a failure when the model is opened. */
    static Device cuda(int index) {
        return new Cuda(index);
    }

    /** A GPU if there is one, else the processor. */
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
                throw new IllegalArgumentException("No device '" + text + "'; there are cpu, cuda, cuda:1 and auto.");
        };
    }
}
