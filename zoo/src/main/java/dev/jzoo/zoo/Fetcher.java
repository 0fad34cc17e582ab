package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.download.ContentDecoder;
import dev.jzoo.zoo.download.ContentMismatchException;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.PartialDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a file into the home from the first place that gives the right bytes. */
final class Fetcher {

    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final CacheDirectory home;
    private final HttpDownloader web;
    private final boolean offline;

    Fetcher(CacheDirectory home, HttpDownloader web, boolean offline) {
        this.home = home;
        this.web = web;
        this.offline = offline;
    }

    HttpDownloader web() {
        return web;
    }

    /**
     * The file in the home, which is fetched unless it is there and intact.
     *
     * @param path where it belongs in the home
     * @param places where it may come from, in the order to try
     * @throws JZooException INTEGRITY where a place gave other bytes and none the right ones, NETWORK where none gave any,
     *     FAILED where the home cannot be written
     */
    Path fetch(Resource resource, String path, List<Location> places, ProgressListener listener) throws IOException {
        return home.using(path, () -> {
            Optional<Path> there = home.intact(path, resource);
            return there.isPresent()
                    ? there.get()
                    : home.locked(path, () -> {
                        Optional<Path> meanwhile = home.intact(path, resource);
                        if (meanwhile.isPresent()) {
                            return meanwhile.get();
                        }
                        if (home.has(path)) {
                            LOG.warn("{} in the cache is not what was wanted and is fetched again", resource.path());
                        }
                        Received received = obtain(
                                resource.path(),
                                path,
                                places,
                                (place, part) -> receive(resource, place, part, listener));
                        return home.keep(received.content(), path, received.sha256());
                    });
        });
    }

    /**
     * The files of a model in the home, of which those are fetched that are not there and intact.
     *
     * @param places where a file may come from, given its path in a mirror
     * @return the folder in the home that has them, by their paths in a mirror
     * @throws JZooException as {@link #fetch(Resource, String, List, ProgressListener)}
     */
    Function<String, Path> fetch(StoredModel model, Function<String, List<Location>> places, ProgressListener listener)
            throws IOException {
        return home.using(model.folder(), () -> {
            if (model.isWhereItWas()) {
                return home::file;
            }
            for (Manifest.FileDigest file : model.files()) {
                Resource resource =
                        new Resource(file.path(), List.of(), Encoding.IDENTITY, file.bytes(), file.sha256());
                List<Location> here = Stream.of(home.arrived(file.sha256()), home.file(file.path()))
                        .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                        .<Location>map(Location.FileLocation::new)
                        .toList();
                List<Location> all = Stream.concat(here.stream(), places.apply(file.path()).stream())
                        .toList();
                fetch(resource, model.path(file.path()), all, listener);
            }
            for (Manifest.FileDigest file : model.files()) {
                home.disk().delete(home.arrived(file.sha256()));
            }
            return path -> home.file(model.path(path));
        });
    }

    /**
     * Fetches a file whose model is not known yet: its size and digest, or what else the model consists of. It waits in the home until
     * its model is fetched.
     *
     * @param path in a mirror, and what messages call it
     * @param check what is asked of it
     * @throws JZooException as {@link #fetch(Resource, String, List, ProgressListener)}
     */
    Manifest.FileDigest pin(String path, FileCheck check, List<Location> places, ProgressListener listener)
            throws IOException {
        return home.using(
                path,
                () -> home.locked(path, () -> {
                    Received received =
                            obtain(path, path, places, (place, part) -> receive(path, check, place, part, listener));
                    long bytes = Files.size(received.content());
                    home.disk().move(received.content(), home.arrived(received.sha256()));
                    return new Manifest.FileDigest(path, bytes, received.sha256());
                }));
    }

    /** A file with checked content, ready to be moved to where it belongs. */
    private record Received(Path content, Sha256 sha256) {}

    /** Takes what a place gives. */
    private interface Receiver {
        Received from(Location place, PartialDownload part) throws IOException;
    }

    private Received obtain(String name, String path, List<Location> places, Receiver receiver) throws IOException {
        List<IOException> causes = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        PartialDownload part = home.part(path);
        for (Location place : places) {
            if (offline && place instanceof Location.WebLocation) {
                tried.add(place + ": not asked while offline");
                continue;
            }
            try {
                return received(place, part, receiver);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (ContentMismatchException e) {
                home.quarantine(part, path);
                causes.add(e);
                tried.add(name(place) + ": " + e.getMessage());
            } catch (JZooException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted(name, e); // an interrupt closes the file that is being written
                }
                part.delete(); // the disk is full: make room
                throw e;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw interrupted(name, e);
                }
                home.disk().delete(part.content());
                causes.add(e);
                tried.add(name(place) + ": " + IoErrors.of(e));
            }
        }
        throw failure(name, tried, causes);
    }

    /** A file of the home has a name that means nothing to its user. */
    private String name(Location place) {
        return place instanceof Location.FileLocation file && file.file().startsWith(home.root())
                ? "the cache"
                : place.toString();
    }

    /**
     * What a place gives; once more from the first byte on where it was resumed and is not what was wanted, since the part on the
     * disk may be what is damaged: it is not forced there, so a power cut can take bytes of it.
     */
    private static Received received(Location place, PartialDownload part, Receiver receiver) throws IOException {
        boolean resumed = place instanceof Location.WebLocation web
                && part.resume(web.uri()).possible();
        try {
            return receiver.from(place, part);
        } catch (ContentMismatchException e) {
            if (!resumed) {
                throw e;
            }
            LOG.warn("{}, resumed, is not what was wanted and is fetched from its first byte", place);
            part.delete();
            return receiver.from(place, part);
        }
    }

    private Received receive(Resource resource, Location place, PartialDownload part, ProgressListener listener)
            throws IOException {
        if (place.equals(new Location.FileLocation(home.arrived(resource.sha256())))) {
            Path waiting = home.arrived(resource.sha256());
            ContentDecoder.require(resource, waiting, Sha256.of(waiting));
            return new Received(waiting, resource.sha256());
        }
        if (place instanceof Location.LocalLocation local) {
            try (InputStream in = local.open();
                    OutputStream out = part.beginContent()) {
                ContentDecoder.copy(in, resource, out, n -> listener.progress(resource.path(), n, resource.bytes()));
            }
            return new Received(part.content(), resource.sha256());
        }
        long longest = resource.encoding().longest(resource.bytes());
        Sha256 found = download((Location.WebLocation) place, part, longest, resource.path(), listener);
        if (resource.encoding() == Encoding.IDENTITY) {
            ContentDecoder.require(resource, part.bytes(), found);
            arrived(part, resource.path(), listener);
            return new Received(part.bytes(), found);
        }
        try (InputStream in = Files.newInputStream(part.bytes());
                OutputStream out = part.beginContent()) {
            ContentDecoder.copy(in, resource, out, n -> {});
        }
        arrived(part, resource.path(), listener);
        home.disk().delete(part.bytes());
        return new Received(part.content(), resource.sha256());
    }

    private Received receive(
            String path, FileCheck check, Location place, PartialDownload part, ProgressListener listener)
            throws IOException {
        if (place instanceof Location.LocalLocation local) {
            try (InputStream in = local.open();
                    OutputStream out = part.beginContent()) {
                in.transferTo(out);
            }
            Sha256 found = Sha256.of(part.content());
            check.require(part.content(), found);
            return new Received(part.content(), found);
        }
        Sha256 found = download((Location.WebLocation) place, part, Long.MAX_VALUE, path, listener);
        check.require(part.bytes(), found);
        arrived(part, path, listener);
        return new Received(part.bytes(), found);
    }

    private Sha256 download(
            Location.WebLocation place, PartialDownload part, long longest, String name, ProgressListener listener)
            throws IOException {
        try {
            return web.download(place, part, longest, (done, total) -> listener.progress(name, done, total));
        } catch (ContentMismatchException e) {
            throw new ContentMismatchException(e.getMessage() + FileKind.advice(FileKind.head(part.bytes())));
        }
    }

    /** What was downloaded is right: tells so, and forgets what was needed to resume it. */
    private void arrived(PartialDownload part, String name, ProgressListener listener) throws IOException {
        long bytes = Files.size(part.bytes());
        listener.progress(name, bytes, bytes);
        home.disk().delete(part.state());
    }

    private static InterruptedIOException interrupted(String name, Exception cause) {
        InterruptedIOException interrupted = new InterruptedIOException("Interrupted while fetching " + name);
        interrupted.initCause(cause);
        return interrupted;
    }

    private JZooException failure(String name, List<String> tried, List<IOException> causes) {
        boolean spoiled = causes.stream().anyMatch(ContentMismatchException.class::isInstance);
        String places = tried.isEmpty()
                ? " no mirror is set, and it has no other address."
                : "\n  " + String.join("\n  ", tried);
        String elsewhere = "name a folder or URL that has '" + name + "' in " + Settings.MIRROR + ".";
        String hint = spoiled
                ? "What came is in the folder 'quarantine' of the cache, to look at; nothing uses it. Correct the file at that"
                        + " place, or " + elsewhere
                : offline
                        ? "Unset " + Settings.OFFLINE + ", or " + elsewhere
                        : "Check the connection and the proxy, or " + elsewhere;
        JZooException failure = new JZooException(
                spoiled ? JZooException.Code.INTEGRITY : JZooException.Code.NETWORK,
                name.substring(name.startsWith(CacheDirectory.HUBS) ? name.lastIndexOf('/') + 1 : 0)
                        + " was not obtained:" + places,
                hint);
        causes.forEach(failure::addSuppressed);
        return failure;
    }
}
