package dev.jzoo.training;

import dev.jzoo.inference.Device;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.util.Objects;

/**
 * What a run computes on.
 *
 * @param device the processor, or one of the CUDA devices
 * @param threads that share the work of one operation on the processor; 0 for as many as the recipe says
 */
public record Compute(Device device, int threads) {

    public Compute {
        Objects.requireNonNull(device, "device");
        if (threads < 0) {
            throw new IllegalArgumentException(
                    "Threads are 1 or more, or 0 for the recipe's choice, not " + threads + ".");
        }
    }

    /** The processor, with as many threads as the recipe says. */
    public static Compute standard() {
        return new Compute(Device.cpu(), 0);
    }

    /**
     * Says that an engine cannot train on the device.
     *
     * @param reason a sentence
     * @param hint what to do about it, a sentence
     */
    public JZooException unavailable(String reason, String hint) {
        return new JZooException(Code.DEVICE, "Cannot train on " + device + ": " + reason, hint);
    }
}
