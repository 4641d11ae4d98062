// Stands between a program and the C library (LD_PRELOAD) and makes the disk fail under one folder, as a real one does:
//
//   LEO_FAULTS_UNDER=/folder     where; nothing else is touched
//   LEO_FAULTS_LOG=/file         one line for each operation: create, write, sync, syncdir, rename, unlink, mkdir
//   LEO_FAULTS_ROOM=n            the disk is full after n bytes: a short write, then ENOSPC
//   LEO_FAULTS_READONLY=1        whatever would change the folder fails with EROFS, for root too
//   LEO_FAULTS_POWER_AT=n        before the n-th operation the power goes: the process gets SIGKILL, and all is undone that
//                                POSIX does not promise: data that was not synced, and names whose folder was not synced
//   LEO_FAULTS_POWER=cut|zero    what stands in a file in place of data that was not synced: nothing, or zeros
//
// Kept apart from the program under test: it sees nothing of this but what a disk does.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 4096 };
enum kind { CREATED, RENAMED, UNLINKED, MADE };

struct file { char path[PATH_MAX]; long synced; int dirty; };                       // bytes that would survive
struct change { enum kind kind; char from[PATH_MAX], to[PATH_MAX], kept[PATH_MAX]; }; // a name whose folder was not synced

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static struct file *files;
static struct change *changes;
static char (*names)[PATH_MAX];      // of descriptors
static int fileCount, changeCount, keptCount;
static long operations, written, room = -1, powerAt = -1;
static int readOnly, zero, logTo = -1;
static const char *under;

#define REAL(type, name, ...) static type (*call)(__VA_ARGS__); if (!call) call = (type (*)(__VA_ARGS__))find(name)

// The program looks a few functions up in the C library by itself; it is to find ours.
static void *(*findSymbol)(void *, const char *);
static void *find(const char *name)
{
    if (!findSymbol) findSymbol = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
    if (!findSymbol) findSymbol = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.17");
    if (!findSymbol) findSymbol = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    return findSymbol(RTLD_NEXT, name);
}

__attribute__((constructor)) static void start(void)
{
    under = getenv("LEO_FAULTS_UNDER");
    if (!under) return;
    files = calloc(FILES, sizeof *files);
    changes = calloc(FILES, sizeof *changes);
    names = calloc(FILES, sizeof *names);
    const char *text;
    if ((text = getenv("LEO_FAULTS_ROOM"))) room = atol(text);
    if ((text = getenv("LEO_FAULTS_POWER_AT"))) powerAt = atol(text);
    readOnly = getenv("LEO_FAULTS_READONLY") != NULL;
    zero = (text = getenv("LEO_FAULTS_POWER")) && !strcmp(text, "zero");
    if ((text = getenv("LEO_FAULTS_LOG"))) { const char *u = under; under = NULL; logTo = open(text, O_WRONLY | O_CREAT | O_APPEND, 0600); under = u; }
}

static int ours(const char *path) { return under && path && !strncmp(path, under, strlen(under)); }
static int oursBy(int fd) { return under && fd >= 0 && fd < FILES && names[fd][0]; }
static void folder(const char *path, char *result) { char copy[PATH_MAX]; strcpy(copy, path); strcpy(result, dirname(copy)); }
static long size(const char *path) { struct stat s; return stat(path, &s) ? 0 : (long)s.st_size; }
static int exists(const char *path) { struct stat s; return !lstat(path, &s); }

static int raw_rename(const char *a, const char *b) { REAL(int, "rename", const char *, const char *); return call(a, b); }
static int raw_unlink(const char *a) { REAL(int, "unlink", const char *); return call(a); }
static int raw_link(const char *a, const char *b) { REAL(int, "link", const char *, const char *); return call(a, b); }

static struct file *fileOf(const char *path)
{
    for (int i = 0; i < fileCount; i++) if (!strcmp(files[i].path, path)) return &files[i];
    struct file *file = &files[fileCount++ % FILES];
    strcpy(file->path, path);
    file->synced = size(path);
    file->dirty = 0;
    return file;
}

static void powerCut(void)
{
    for (int i = 0; i < fileCount; i++)
    {
        if (!files[i].dirty || !exists(files[i].path)) continue;
        long end = size(files[i].path);
        if (truncate(files[i].path, files[i].synced < end ? files[i].synced : end) == 0 && zero)
        {
            if (truncate(files[i].path, end)) {}
        }
    }
    for (int i = changeCount - 1; i >= 0; i--)
    {
        struct change *c = &changes[i];
        char line[PATH_MAX + 16];
        switch (c->kind)
        {
            case CREATED: raw_unlink(c->from); break;
            case UNLINKED: if (c->kept[0]) raw_rename(c->kept, c->from); break;
            case RENAMED:
                raw_rename(c->to, c->from);
                if (c->kept[0]) raw_rename(c->kept, c->to);
                break;
            case MADE:
                snprintf(line, sizeof line, "rm -rf '%s'", c->from);
                unsetenv("LD_PRELOAD");
                if (system(line)) {}
                break;
        }
    }
    kill(getpid(), SIGKILL);
}

// Counts an operation and, when its time has come, ends everything before it happens.
static void operation(const char *what, const char *path)
{
    operations++;
    if (logTo >= 0) { dprintf(logTo, "%s %s\n", what, path); }
    if (powerAt >= 0 && operations == powerAt) powerCut();
}

static struct change *changed(enum kind kind, const char *from, const char *to)
{
    struct change *c = &changes[changeCount++ % FILES];
    memset(c, 0, sizeof *c);
    c->kind = kind;
    strcpy(c->from, from);
    if (to) strcpy(c->to, to);
    return c;
}

// Keeps the file that a name stands for, out of sight, until its folder is synced.
static void keep(const char *path, char *kept)
{
    if (powerAt < 0 || !exists(path)) return;
    snprintf(kept, PATH_MAX, "%s/.kept-%d-%d", under, getpid(), keptCount++);
    if (raw_link(path, kept)) kept[0] = 0;
}

static void folderSynced(const char *path)
{
    int left = 0;
    for (int i = 0; i < changeCount; i++)
    {
        char of[PATH_MAX];
        folder(changes[i].kind == RENAMED ? changes[i].to : changes[i].from, of);
        if (strcmp(of, path)) { if (left != i) changes[left] = changes[i]; left++; }
        else if (changes[i].kept[0]) raw_unlink(changes[i].kept);
    }
    changeCount = left;
}

static int opened(int fd, const char *path, int isNew)
{
    if (fd < 0 || fd >= FILES || !under) return fd;
    pthread_mutex_lock(&lock);
    names[fd][0] = 0;
    char full[PATH_MAX];
    if (path && realpath(path, full) && (ours(full) || !strncmp(under, full, strlen(full))))
    {
        strcpy(names[fd], full);
        struct stat s;
        if (ours(full) && !stat(full, &s) && S_ISREG(s.st_mode))
        {
            struct file *file = fileOf(full);
            if (isNew) { file->synced = 0; file->dirty = 0; changed(CREATED, full, NULL); }
        }
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

static int anyOpen(const char *name, const char *path, int flags, mode_t mode)
{
    int (*call)(const char *, int, ...) = (int (*)(const char *, int, ...))find(name);
    int writes = ours(path) && ((flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT), isNew = writes && (flags & O_CREAT) && !exists(path);
    if (writes && readOnly) { errno = EROFS; return -1; }
    if (isNew) { pthread_mutex_lock(&lock); operation("create", path); pthread_mutex_unlock(&lock); }
    return opened(call(path, flags, mode), path, isNew);
}

int open64(const char *path, int flags, ...) { va_list a; va_start(a, flags); mode_t m = va_arg(a, mode_t); va_end(a); return anyOpen("open64", path, flags, m); }
int open(const char *path, int flags, ...) { va_list a; va_start(a, flags); mode_t m = va_arg(a, mode_t); va_end(a); return anyOpen("open", path, flags, m); }

int close(int fd)
{
    REAL(int, "close", int);
    if (under && fd >= 0 && fd < FILES && names) names[fd][0] = 0;
    return call(fd);
}

// How many of the bytes the disk takes; −1 where it takes none.
static ssize_t takes(int fd, size_t count)
{
    pthread_mutex_lock(&lock);
    operation("write", names[fd]);
    fileOf(names[fd])->dirty = 1;
    ssize_t taken = room < 0 || written + (long)count <= room ? (ssize_t)count : room - written;
    written += taken;
    pthread_mutex_unlock(&lock);
    return taken > 0 || count == 0 ? taken : -1;
}

ssize_t write(int fd, const void *data, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    ssize_t taken = oursBy(fd) ? takes(fd, count) : (ssize_t)count;
    if (taken < 0) { errno = ENOSPC; return -1; }
    return call(fd, data, taken);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    ssize_t taken = oursBy(fd) ? takes(fd, count) : (ssize_t)count;
    if (taken < 0) { errno = ENOSPC; return -1; }
    return call(fd, data, taken, at);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int n, off64_t at)
{
    REAL(ssize_t, "pwritev64", int, const struct iovec *, int, off64_t);
    if (!oursBy(fd)) return call(fd, parts, n, at);
    ssize_t done = 0;
    for (int i = 0; i < n; i++)
    {
        ssize_t one = pwrite64(fd, parts[i].iov_base, parts[i].iov_len, at + done);
        if (one < 0) return done > 0 ? done : -1;
        done += one;
        if (one < (ssize_t)parts[i].iov_len) break;
    }
    return done;
}

int ftruncate64(int fd, off64_t length)
{
    REAL(int, "ftruncate64", int, off64_t);
    if (oursBy(fd) && readOnly) { errno = EROFS; return -1; }
    if (oursBy(fd)) { pthread_mutex_lock(&lock); struct file *f = fileOf(names[fd]); if (length < f->synced) f->synced = length; pthread_mutex_unlock(&lock); }
    return call(fd, length);
}

int fsync(int fd)
{
    REAL(int, "fsync", int);
    int result;
    if (!oursBy(fd)) return call(fd);
    pthread_mutex_lock(&lock);
    struct stat s;
    int directory = !fstat(fd, &s) && S_ISDIR(s.st_mode);
    operation(directory ? "syncdir" : "sync", names[fd]);
    result = call(fd);
    if (!result && directory) folderSynced(names[fd]);
    else if (!result) { struct file *f = fileOf(names[fd]); f->dirty = 0; f->synced = size(names[fd]); }
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to)
{
    if (!ours(from) && !ours(to)) return raw_rename(from, to);
    if (readOnly) { errno = EROFS; return -1; }
    pthread_mutex_lock(&lock);
    operation("rename", to);
    struct change *c = changed(RENAMED, from, to);
    keep(to, c->kept);
    int result = raw_rename(from, to);
    if (result) changeCount--;
    else
    {
        for (int i = 0; i < fileCount; i++) if (!strcmp(files[i].path, to)) files[i].path[0] = 0;
        strcpy(fileOf(from)->path, to);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int unlink(const char *path)
{
    if (!ours(path)) return raw_unlink(path);
    if (readOnly) { errno = EROFS; return -1; }
    pthread_mutex_lock(&lock);
    operation("unlink", path);
    struct change *c = changed(UNLINKED, path, NULL);
    keep(path, c->kept);
    int result = raw_unlink(path);
    if (result) changeCount--;
    pthread_mutex_unlock(&lock);
    return result;
}

int mkdir(const char *path, mode_t mode)
{
    REAL(int, "mkdir", const char *, mode_t);
    if (!ours(path)) return call(path, mode);
    if (readOnly && !exists(path)) { errno = EROFS; return -1; }
    pthread_mutex_lock(&lock);
    operation("mkdir", path);
    int result = call(path, mode);
    if (!result) changed(MADE, path, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

void *dlsym(void *library, const char *name)
{
    if (under && !strcmp(name, "open")) return (void *)open;
    if (under && !strcmp(name, "fsync")) return (void *)fsync;
    if (under && !strcmp(name, "close")) return (void *)close;
    if (!findSymbol) find("dlsym");
    return findSymbol(library, name);
}
