/**
 * The course: experiments that check what they claim.
 */
package dev.jzoo.labs;
