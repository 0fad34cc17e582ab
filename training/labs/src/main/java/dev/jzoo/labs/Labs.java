package dev.jzoo.labs;

import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.NearestNames;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The labs on the class path. */
public final class Labs {

    private Labs() {}

    /** Returns all labs, by chapter, and within a chapter in the order of the service files. */
    public static List<Lab> all() {
        return ServiceLoader.load(Lab.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(lab -> lab.info().chapter()))
                .toList();
    }

    /**
     * Returns a lab by its id.
     *
     * @throws JZooException with code NOT_FOUND and the nearest ids if there is none
     */
    public static Lab find(String id) {
        List<Lab> all = all();
        return all.stream()
                .filter(lab -> lab.info().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND, "There is no lab '" + id + "'.", hint(id, all)));
    }

    private static String hint(String id, List<Lab> all) {
        List<String> near =
                NearestNames.to(id, all.stream().map(lab -> lab.info().id()).toList());
        return (near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ")
                + "'jzoo lab list' shows all labs.";
    }
}
