package dev.jzoo.labs.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.labs.Labs;
import dev.jzoo.labs.text.Markdown;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuideTest {

    @ParameterizedTest
    @EnumSource
    void everyLinkLeadsToALab(Guide guide) {
        Set<String> labs = Labs.all().stream().map(lab -> lab.info().id()).collect(Collectors.toSet());
        Matcher link = Pattern.compile("href=\"([^\"]*)\"")
                .matcher(Markdown.of(guide.markdown()).html());
        Set<String> missing = new TreeSet<>();
        while (link.find()) {
            String target = link.group(1);
            if (!target.endsWith(".html") || !labs.contains(target.replace(".html", ""))) {
                missing.add(target);
            }
        }
        assertEquals(Set.of(), missing);
    }
}
