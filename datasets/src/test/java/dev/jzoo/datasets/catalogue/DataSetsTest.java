package dev.jzoo.datasets.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.DataSet;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {

    @TempDir
    Path home;

    @Test
    void idsAreSortedAndEachOccursOnce() {
        List<String> ids = DataSets.all().stream().map(DataSet::id).toList();
        assertEquals(ids.stream().sorted().distinct().toList(), ids);
        assertTrue(ids.containsAll(List.of("airline", "mnist", "procedural-digits")), ids.toString());
    }

    @Test
    void aDataSetIsFoundByItsId() {
        DataSet mnist = DataSets.get("mnist");
        assertSame(Mnist.DATA_SET, mnist);
        assertEquals(47_040_016 + 60_008 + 7_840_016 + 10_008, mnist.bytes());
    }

    @Test
    void anUnknownIdIsAnsweredWithThoseThereAre() {
        var e = assertThrows(JZooException.class, () -> DataSets.get("mnits"));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
        assertEquals("There is no data set 'mnits'.", e.summary());
        assertEquals(
                "Available data sets: "
                        + String.join(
                                ", ", DataSets.all().stream().map(DataSet::id).toList())
                        + ".",
                e.hint());
        assertTrue(e.hint().startsWith("Available data sets: admissions, airline, "), e.hint());
    }

    @Test
    void whatTheProgramHoldsIsCheckedWithoutFilesOrNetwork() throws IOException {
        Store store = Store.open(new Settings(home, List.of(), true));
        assertEquals(List.of(), DataSets.get("airline").get(store, ProgressListener.NONE));
        assertEquals(
                "airline: 144 months from 1949-01 to 1960-12, thousand passengers",
                DataSets.get("airline")
                        .check(store, ProgressListener.NONE)
                        .get(0)
                        .content());
        DataSet.DataSetPart digits = DataSets.get("procedural-digits")
                .check(store, ProgressListener.NONE)
                .get(0);
        assertEquals("procedural-digits 1000 with seed 1", digits.provenance().name());
        assertEquals("uint8 [1000, 28, 28, 1], 10 labels", digits.content());
    }

    @Test
    void aDataSetIsCachedOnceTheStoreHasEveryFile() throws IOException {
        Path mirror = home.resolve("mirror");
        List<Resource> files = new ArrayList<>();
        for (String name : List.of("a.csv", "b.csv")) {
            Path file = Files.createDirectories(mirror.resolve("two")).resolve(name);
            Files.writeString(file, name);
            files.add(new Resource("two/" + name, List.of(), Encoding.IDENTITY, Files.size(file), Sha256.of(file)));
        }
        DataSet two = new DataSet("two", "", "", "", files, (store, progress) -> List.of());
        Store store = Store.open(new Settings(home.resolve("cache"), List.of(mirror.toUri()), true));
        assertFalse(two.isCached(store));
        store.fetch(files.get(0), ProgressListener.NONE);
        assertFalse(two.isCached(store));
        two.get(store, ProgressListener.NONE);
        assertTrue(two.isCached(store));
        assertTrue(DataSets.get("airline").isCached(store));
    }

    @Test
    void mnistIsNotFoundOfflineWithoutAMirror() {
        Store store = Store.open(new Settings(home, List.of(), true));
        var e = assertThrows(JZooException.class, () -> DataSets.get("mnist").check(store, ProgressListener.NONE));
        assertEquals(JZooException.Code.NETWORK, e.code());
    }

    /** A mirror has one folder per data set, so two data sets never write the same file of the cache. */
    @Test
    void everyFileLiesInTheFolderOfItsDataSetAndIsOfNoOther() {
        Set<String> paths = new HashSet<>();
        for (DataSet dataSet : DataSets.all()) {
            for (Resource resource : dataSet.resources()) {
                String folder = resource.path().substring(0, resource.path().indexOf('/'));
                assertTrue(dataSet.id().equals(folder) || dataSet.id().startsWith(folder + "-"), resource.path());
                assertTrue(paths.add(resource.path()), resource.path());
            }
        }
    }

    /** The owner of a mirror makes the files that were never published in one piece. */
    @Test
    void whatOnlyAMirrorCanHaveIsKnown() {
        assertEquals(
                List.of("cifar10-first-1017", "cifar10-jpeg", "hymenoptera"),
                DataSets.all().stream()
                        .filter(set -> set.resources().stream()
                                .anyMatch(resource -> resource.sources().isEmpty()))
                        .map(DataSet::id)
                        .toList());
    }

    @Test
    void anIdThatIsNoNameIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DataSet("My Data", "", "", "", List.of(), (store, progress) -> List.of()));
    }
}
