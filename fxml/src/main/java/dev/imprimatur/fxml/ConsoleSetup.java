package dev.imprimatur.fxml;

import dev.imprimatur.engine.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the window is opened over.
///
/// @param server the database for people, without a password; null for the local one
/// @param me the id under which decisions of whoever is signed in are recorded
/// @param roles as what, by code such as `reviewer`; empty if nothing may be done
/// @param remembered the file in which the window keeps what it remembers
/// @param clock for ages; what is stored is timed by the database
/// @param zone in which times are shown
/// @param undo how long a decision waits in sight before it is recorded; zero records at once
public record ConsoleSetup(
    Engine engine,
    @Nullable String server,
    String me,
    List<String> roles,
    Path remembered,
    InstantSource clock,
    ZoneId zone,
    Duration undo) {}
