package dev.jzoo.zoo.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models in this repository against the resources that go into the jar. */
class JarModelsTest {

    private static final long MOST = 1_000_000;
    private static final Path MODELS = Path.of("models");
    private static final Path RESOURCES = Path.of("target", "classes", "dev", "jzoo", "zoo", "models");

    @Test
    void publishedModelsAreWhatTheirManifestSays() throws Exception {
        for (Manifest.Entry entry :
                Manifest.read(MODELS.resolve(Manifest.FILE_NAME)).entries()) {
            for (Manifest.FileDigest file : entry.published().orElseThrow().files()) {
                assertEquals(file.sha256(), Sha256.of(MODELS.resolve(file.path())), file.path());
            }
            Manifest.FileDigest archive = entry.archive().orElseThrow();
            assertEquals(archive.sha256(), Sha256.of(MODELS.resolve(archive.path())), archive.path());
        }
    }

    @Test
    void modelsWhoseFilesAreAllUnderOneMegabyteTravelInTheJarAndNoOthers() throws Exception {
        assertEquals(
                Manifest.read(MODELS.resolve(Manifest.FILE_NAME)),
                JarModels.STANDARD.manifest(),
                "build the jar" + " again");
        for (Manifest.Entry entry : JarModels.STANDARD.manifest().entries()) {
            List<Manifest.FileDigest> files = entry.published().orElseThrow().files();
            boolean travels = files.stream().allMatch(file -> file.bytes() < MOST);
            for (Manifest.FileDigest file : files) {
                assertEquals(
                        travels,
                        JarModels.STANDARD.has(file.path()),
                        file.path() + (travels ? " belongs" : " does not belong")
                                + " into the jar: see the resources in zoo/pom.xml");
            }
        }
    }

    @Test
    void jarHasNoModelFileOfOneMegabyteOrMoreAndNoArchive() throws Exception {
        assertTrue(Files.isDirectory(RESOURCES), "build the jar first");
        for (String file : Fixtures.filesBelow(RESOURCES)) {
            boolean manifest = file.equals(Manifest.FILE_NAME);
            assertTrue(manifest || Files.size(RESOURCES.resolve(file)) < MOST, file);
            assertTrue(!file.endsWith(".tar.gz"), file);
        }
    }

    @Test
    void everyPublishedModelThatTravelsCanBePulledWithoutAnythingElse(@TempDir Path home) throws Exception {
        Zoo zoo = Zoo.open(new Settings(home, List.of(), true));
        for (Listing listing : zoo.list()) {
            if (JarModels.STANDARD.has(listing.entry().file().path())) {
                assertEquals(
                        listing.card(),
                        zoo.pull(listing.id(), ProgressListener.NONE).card());
            }
        }
    }
}
