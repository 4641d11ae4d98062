// What a disk knows of one folder: which data and which names would survive a power cut, and when it is full or gone.

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
    static const char *versions[] = {"GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_2.34"}; // x86-64, arm64, newer ones of both
    for (int i = 0; !findSymbol && i < 3; i++) findSymbol = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", versions[i]);
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
    if ((text = getenv("LEO_FAULTS_LOG")))
    {
        const char *folder = under;
        under = NULL; // the log is none of the disk's business
        logTo = open(text, O_WRONLY | O_CREAT | O_APPEND, 0600);
        under = folder;
    }
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
        if (!truncate(files[i].path, files[i].synced < end ? files[i].synced : end) && zero && truncate(files[i].path, end)) {}
    }
    for (int i = changeCount - 1; i >= 0; i--)
    {
        struct change *c = &changes[i];
        char line[PATH_MAX + 16];
        switch (c->kind)
        {
            case CREATED: raw_unlink(c->from); break;
            case UNLINKED: if (c->kept[0]) raw_rename(c->kept, c->from); break;
            case RENAMED: raw_rename(c->to, c->from); if (c->kept[0]) raw_rename(c->kept, c->to); break;
            case MADE: snprintf(line, sizeof line, "rm -rf '%s'", c->from); unsetenv("LD_PRELOAD"); if (system(line)) {} break;
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
