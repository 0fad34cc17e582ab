package dev.jzoo.recipes;

import dev.jzoo.inference.Device;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Recipe;
import dev.jzoo.training.Recipes;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trains a recipe and prints after each epoch what Java's heap holds, and what is resident beyond that heap (all of which must be
 * resident, see EpochMemoryTest): RECIPE ENGINE EPOCHS LIMIT FOLDER.
 */
final class EpochMemory {

    private EpochMemory() {}

    public static void main(String[] args) throws Exception {
        Recipe recipe = Recipes.get(args[0]);
        Hyperparameters defaults = recipe.defaults();
        TrainingListener printer = new TrainingListener() {
            @Override
            public void epoch(Epoch epoch, int epochs) {
                System.gc();
                MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                System.out.println("heap " + heap.getUsed());
                System.out.println("native " + (resident() - heap.getCommitted()));
            }
        };
        recipe.train(new TrainingRun(
                Engine.of(args[1]),
                new Hyperparameters(
                        Integer.parseInt(args[2]),
                        defaults.batch(),
                        defaults.learningRate(),
                        defaults.seed(),
                        Integer.parseInt(args[3])),
                Store.standard(),
                RunFolder.at(Path.of(args[4])),
                new Compute(Device.cpu(), 1),
                printer));
    }

    /** In bytes. */
    private static long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
