package dev.jzoo.training;

import dev.jzoo.inference.Device;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.util.Objects;

/**
 * The hardware that a run uses.
 *
 * @param device the processor, or one of the CUDA devices
 * @param threads number of threads per operation on the processor; 0 for the recipe's default
 */
public record Compute(Device device, int threads) {

    public Compute {
        Objects.requireNonNull(device, "device");
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "The number of threads must be 1 or more, or 0 for the recipe's default, not " + threads + ".");
        }
    }

    /** Returns the processor, with the recipe's default number of threads. */
    public static Compute standard() {
        return new Compute(Device.cpu(), 0);
    }

    /**
     * Returns an exception for an engine that cannot train on the device.
     *
     * @param reason the reason, a sentence
     * @param hint advice for the user, a sentence
     */
    public JZooException unavailable(String reason, String hint) {
        return new JZooException(Code.DEVICE, "Cannot train on " + device + ": " + reason, hint);
    }
}
