/**
 * The course site: all pages of labs with an index, the guides and the table of what the course covers. Records of labs enter, a
 * folder of HTML files leaves, which needs neither a server nor a network. Read {@link dev.jzoo.labs.site.CourseSite} first.
 */
package dev.jzoo.labs.site;
