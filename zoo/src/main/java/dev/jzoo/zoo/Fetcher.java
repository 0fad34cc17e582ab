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

/** A fetcher that copies a file into the cache from the first location that serves the expected bytes. */
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
     * Returns a file in the cache, and fetches it if it is missing or damaged.
     *
     * @param path the file's path in the cache
     * @param places the locations to try, in order
     * @throws JZooException INTEGRITY if a location served other bytes and none served the right ones, NETWORK if none served
     *     any, FAILED if the cache cannot be written
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
                            LOG.warn(
                                    "{} in the cache does not match its digest and is downloaded again",
                                    resource.path());
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
     * Fetches the files of a model that are missing or damaged in the cache.
     *
     * @param places the locations to try for a file, given its path in a mirror
     * @return a function from a file's path in a mirror to the file in the cache
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
     * Fetches a file of a model whose size, digest or other files are not known yet. The file waits in the cache until its model
     * is fetched.
     *
     * @param path the file's path in a mirror, which messages name
     * @param check the check that the file must pass
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

    /** A file with checked content, ready to be moved to its path in the cache. */
    private record Received(Path content, Sha256 sha256) {}

    /** A receiver of the bytes from a location. */
    private interface Receiver {
        Received from(Location place, PartialDownload part) throws IOException;
    }

    private Received obtain(String name, String path, List<Location> places, Receiver receiver) throws IOException {
        List<IOException> causes = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        PartialDownload part = home.part(path);
        for (Location place : places) {
            if (offline && place instanceof Location.WebLocation) {
                tried.add(place + ": not tried while offline");
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

    /** Returns a name for messages. Hides the names of cache files, which mean nothing to users. */
    private String name(Location place) {
        return place instanceof Location.FileLocation file && file.file().startsWith(home.root())
                ? "the cache"
                : place.toString();
    }

    /**
     * Receives the bytes from a location. If a resumed download does not match its digest, downloads it again from the first
     * byte. The part on the disk may be damaged, because it is not forced to the disk and a power cut can lose bytes of it.
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
            LOG.warn(
                    "The resumed download of {} does not match its digest and starts again from the first" + " byte",
                    place);
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

    /** Reports that a download is complete and deletes the state that was needed to resume it. */
    private void arrived(PartialDownload part, String name, ProgressListener listener) throws IOException {
        long bytes = Files.size(part.bytes());
        listener.progress(name, bytes, bytes);
        home.disk().delete(part.state());
    }

    private static InterruptedIOException interrupted(String name, Exception cause) {
        InterruptedIOException interrupted = new InterruptedIOException("Interrupted while downloading " + name);
        interrupted.initCause(cause);
        return interrupted;
    }

    private JZooException failure(String name, List<String> tried, List<IOException> causes) {
        boolean mismatched = causes.stream().anyMatch(ContentMismatchException.class::isInstance);
        String places = tried.isEmpty()
                ? " no mirror is set, and the file has no other address."
                : "\n  " + String.join("\n  ", tried);
        String elsewhere = "set " + Settings.MIRROR + " to a folder or URL that has '" + name + "'.";
        String hint = mismatched
                ? "You can inspect the received file in the folder 'quarantine' of the cache; nothing uses it."
                        + " Correct the file at its"
                        + " source, or " + elsewhere
                : offline
                        ? "Unset " + Settings.OFFLINE + ", or " + elsewhere
                        : "Check the connection and the proxy, or " + elsewhere;
        JZooException failure = new JZooException(
                mismatched ? JZooException.Code.INTEGRITY : JZooException.Code.NETWORK,
                name.substring(name.startsWith(CacheDirectory.HUBS) ? name.lastIndexOf('/') + 1 : 0)
                        + " could not be downloaded:" + places,
                hint);
        causes.forEach(failure::addSuppressed);
        return failure;
    }
}
