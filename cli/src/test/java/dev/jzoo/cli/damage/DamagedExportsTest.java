package dev.jzoo.cli.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.cli.damage.Damage.DamageKind;
import dev.jzoo.export.FileReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests of the checks themselves. Files that pass are damaged, and every damage that changes what the network computes must
 * be rejected. {@link FunctionChange} decides which damages do, with inputs that no check knows.
 */
class DamagedExportsTest {

    private static final int DRAWS = 400;

    private static List<ExportedNetwork> networks(NDManager manager) {
        List<ExportedNetwork> all = new ArrayList<>(new DjlNetworks(manager).all());
        all.addAll(Dl4jNetworks.all());
        return all;
    }

    @Test
    void eachDamageOfAFewExportsIsRefused() throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            List<ExportedNetwork> some = networks(manager).stream()
                    .filter(network -> List.of("DJL perceptron", "DJL words", "DL4J LeNet", "DL4J branches")
                            .contains(network.name()))
                    .toList();
            assertEquals(4, some.size());
            check(some, 1, 20260731);
        }
    }

    @Test
    @Tag("acceptance")
    void eachDamageOfThirtyExportsIsRefused() throws IOException {
        long seed = Long.getLong("fuzz.seed", 20_261_130);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<ExportedNetwork> all = networks(manager);
            assertTrue(all.size() >= 30);
            check(all, Integer.getInteger("damages", 1), seed);
        }
    }

    private static void check(List<ExportedNetwork> networks, int each, long seed) throws IOException {
        List<String> missed = new ArrayList<>();
        int[] damages = new int[DamageKind.values().length];
        for (ExportedNetwork network : networks) {
            OnnxExporter exporter = network.exporter();
            OnnxFile right = exporter.export().file();
            try (FunctionChange change = new FunctionChange(network, right)) {
                for (DamageKind kind : DamageKind.values()) {
                    Random random = new Random(seed ^ (network.name() + kind).hashCode());
                    for (Damage damage : damages(kind, right, change, random, each)) {
                        damages[kind.ordinal()]++;
                        if (isAccepted(exporter, damage.file())) {
                            missed.add(network.name() + ": " + damage.what());
                        }
                    }
                }
            }
        }
        System.out.printf(
                "Seed %d: %d exports with %d weights, %d attributes and %d connections damaged, %d accepted.%n",
                seed, networks.size(), damages[0], damages[1], damages[2], missed.size());
        assertEquals(List.of(), missed, "seed " + seed);
    }

    private static List<Damage> damages(
            DamageKind kind, OnnxFile right, FunctionChange change, Random random, int count) {
        List<Damage> found = new ArrayList<>();
        for (int i = 0; i < DRAWS && found.size() < count; i++) {
            Optional<Damage> damage = Damage.draw(kind, right, random);
            if (damage.isPresent() && change.of(damage.get().file())) {
                found.add(damage.get());
            }
        }
        return found;
    }

    /** Returns whether the checker and the comparison of {@code verify --against} accept a file. */
    private static boolean isAccepted(OnnxExporter exporter, OnnxFile damaged) throws IOException {
        if (!GraphChecker.faults(damaged).isEmpty()) {
            return false;
        }
        FileReport report = exporter.compare(damaged);
        assertTrue(report.export().parity().agrees(), report::toString);
        return report.parity().agrees();
    }
}
