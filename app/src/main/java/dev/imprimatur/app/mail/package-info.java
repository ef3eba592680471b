/// Notices of escalations by e-mail, through the queue, so that a mail server that is down delays
/// them and loses none.
@NullMarked
package dev.imprimatur.app.mail;

import org.jspecify.annotations.NullMarked;
