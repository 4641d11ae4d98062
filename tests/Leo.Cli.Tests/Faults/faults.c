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

#include "disk.h"

static int anyOpen(const char *name, const char *path, int flags, mode_t mode)
{
    int (*call)(const char *, int, ...) = (int (*)(const char *, int, ...))find(name);
    int writes = ours(path) && ((flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT), isNew = writes && (flags & O_CREAT) && !exists(path);
    if (writes && readOnly) { errno = EROFS; return -1; }
    if (isNew) { pthread_mutex_lock(&lock); operation("create", path); pthread_mutex_unlock(&lock); }
    return opened(call(path, flags, mode), path, isNew);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) \
    { va_list a; va_start(a, flags); mode_t mode = va_arg(a, mode_t); va_end(a); return anyOpen(#name, path, flags, mode); }
OPEN(open64)
OPEN(open)

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

#define TAKE(fd, count) ssize_t taken = oursBy(fd) ? takes(fd, count) : (ssize_t)(count); if (taken < 0) { errno = ENOSPC; return -1; }

ssize_t write(int fd, const void *data, size_t count)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    TAKE(fd, count);
    return call(fd, data, taken);
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at)
{
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    TAKE(fd, count);
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
    if (oursBy(fd))
    {
        pthread_mutex_lock(&lock);
        struct file *f = fileOf(names[fd]);
        if (length < f->synced) f->synced = length;
        pthread_mutex_unlock(&lock);
    }
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
    for (int i = 0; !result && i < fileCount; i++) if (!strcmp(files[i].path, to)) files[i].path[0] = 0;
    if (!result) strcpy(fileOf(from)->path, to);
    pthread_mutex_unlock(&lock);
    return result;
}

int unlink(const char *path)
{
    if (!ours(path)) return raw_unlink(path);
    if (readOnly) { errno = EROFS; return -1; }
    pthread_mutex_lock(&lock);
    operation("unlink", path);
    keep(path, changed(UNLINKED, path, NULL)->kept);
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
