// leotorch: a small C ABI over libtorch. Its heart is lt_call: any ATen operator, found by its schema
// name, run through the dispatcher with a boxed stack; autograd comes for free. Nothing here throws across
// the border: every fault becomes -1 and a message for lt_last_error, per thread.
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>
#include <torch/version.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#define LT_API extern "C" __attribute__((visibility("default")))

extern "C" {
enum lt_tag : int32_t {
  LT_DEFAULT = 0,   // in: take the schema's default
  LT_NONE = 1,
  LT_TENSOR = 2,    // p: handle
  LT_INT = 3,
  LT_DOUBLE = 4,
  LT_BOOL = 5,
  LT_STRING = 6,    // p: utf-8, len bytes; never a result
  LT_INTS = 7,      // p: int64_t[len]
  LT_DOUBLES = 8,   // p: double[len]
  LT_BOOLS = 9,     // p: uint8_t[len]
  LT_TENSORS = 10,  // p: handle[len], null = None
  LT_GENERATOR = 11 // p: generator handle
};
struct lt_val {
  int32_t tag;
  int32_t len;
  union { int64_t i; double d; void* p; };
};
}
static_assert(sizeof(lt_val) == 16, "lt_val is 16 bytes");

namespace {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <class T> using Opt = std::optional<T>;
#else
template <class T> using Opt = c10::optional<T>;
#endif
using c10::IValue;
using TImpl = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

thread_local std::string g_error;
std::atomic<int64_t> g_live{0};

template <class F> int guarded(F&& f) noexcept {
  try { f(); return 0; }
  catch (const c10::Error& e) { g_error = e.what_without_backtrace(); }
  catch (const std::exception& e) { g_error = e.what(); }
  catch (...) { g_error = "unknown native exception"; }
  return -1;
}

// A handle is a TensorImpl* that owns one reference; null stands for "undefined".
at::Tensor borrow(void* h) {
  if (!h) return at::Tensor();
  return at::Tensor(TImpl::reclaim_copy(static_cast<c10::TensorImpl*>(h)));
}
void* give(at::Tensor t) {
  if (!t.defined()) return nullptr;
  if (t._is_zerotensor()) t = t.clone(); // autograd's zeros without memory: callers may read it
  g_live.fetch_add(1, std::memory_order_relaxed);
  return t.unsafeReleaseTensorImpl();
}
at::Tensor need(void* h) {
  TORCH_CHECK(h, "null tensor handle");
  return borrow(h);
}

enum Kind : uint8_t { K_TENSOR, K_INT, K_FLOAT, K_BOOL, K_SCALAR, K_STR, K_INTS, K_FLOATS,
                      K_BOOLS, K_TENSORS, K_OPT_TENSORS, K_SCALARS, K_DEVICE, K_GENERATOR, K_OTHER };
struct ArgInfo { Kind kind; bool optional; bool has_default; int32_t n; IValue def; };
struct Op {
  c10::OperatorHandle handle;
  std::vector<ArgInfo> args;
  std::string schema;
};

Kind kind_of(const c10::TypePtr& t) {
  using K = c10::TypeKind;
  switch (t->kind()) {
    case K::TensorType: return K_TENSOR;
    case K::IntType: case K::SymIntType: return K_INT;
    case K::FloatType: return K_FLOAT;
    case K::BoolType: return K_BOOL;
    case K::NumberType: return K_SCALAR;
    case K::StringType: return K_STR;
    case K::DeviceObjType: return K_DEVICE;
    case K::GeneratorType: return K_GENERATOR;
    case K::ListType: {
      auto e = t->expectRef<c10::ListType>().getElementType();
      switch (e->kind()) {
        case K::IntType: case K::SymIntType: return K_INTS;
        case K::FloatType: return K_FLOATS;
        case K::BoolType: return K_BOOLS;
        case K::TensorType: return K_TENSORS;
        case K::NumberType: return K_SCALARS;
        case K::OptionalType: return K_OPT_TENSORS;
        default: return K_OTHER;
      }
    }
    default: return K_OTHER;
  }
}

[[noreturn]] void bad(const Op& op, size_t i, const lt_val& v) {
  TORCH_CHECK(false, "argument ", i, " ('", op.handle.schema().arguments()[i].name(),
              "') cannot take a value of tag ", v.tag, ": ", op.schema);
  std::abort();
}

int64_t as_int(const Op& op, size_t i, const lt_val& v) {
  if (v.tag == LT_INT || v.tag == LT_BOOL) return v.i;
  bad(op, i, v);
}
double as_double(const Op& op, size_t i, const lt_val& v) {
  if (v.tag == LT_DOUBLE) return v.d;
  if (v.tag == LT_INT || v.tag == LT_BOOL) return static_cast<double>(v.i);
  bad(op, i, v);
}

IValue to_ivalue(const Op& op, size_t i, const lt_val& v) {
  const ArgInfo& a = op.args[i];
  if (v.tag == LT_DEFAULT) {
    TORCH_CHECK(a.has_default, "argument ", i, " ('", op.handle.schema().arguments()[i].name(),
                "') has no default: ", op.schema);
    return a.def;
  }
  if (v.tag == LT_NONE) {
    if (a.kind == K_TENSOR && !a.optional) return IValue(at::Tensor());
    if (!a.optional) bad(op, i, v);
    return IValue();
  }
  switch (a.kind) {
    case K_TENSOR: if (v.tag != LT_TENSOR) bad(op, i, v); return IValue(borrow(v.p));
    case K_INT: return IValue(as_int(op, i, v));
    case K_FLOAT: return IValue(as_double(op, i, v));
    case K_BOOL: return IValue(as_int(op, i, v) != 0);
    case K_SCALAR:
      if (v.tag == LT_DOUBLE) return IValue(v.d);
      if (v.tag == LT_BOOL) return IValue(v.i != 0);
      return IValue(as_int(op, i, v));
    case K_STR: if (v.tag != LT_STRING) bad(op, i, v);
      return IValue(std::string(static_cast<const char*>(v.p), v.len));
    case K_INTS: {
      if (v.tag == LT_INT) return IValue(std::vector<int64_t>(std::max(a.n, 1), v.i));
      if (v.tag != LT_INTS) bad(op, i, v);
      auto p = static_cast<const int64_t*>(v.p);
      return IValue(c10::IntArrayRef(p, v.len));
    }
    case K_FLOATS: {
      if (v.tag == LT_DOUBLE) return IValue(std::vector<double>(std::max(a.n, 1), v.d));
      if (v.tag != LT_DOUBLES) bad(op, i, v);
      auto p = static_cast<const double*>(v.p);
      return IValue(std::vector<double>(p, p + v.len));
    }
    case K_BOOLS: {
      if (v.tag != LT_BOOLS) bad(op, i, v);
      c10::List<bool> l; l.reserve(v.len);
      for (int k = 0; k < v.len; k++) l.push_back(static_cast<const uint8_t*>(v.p)[k] != 0);
      return IValue(std::move(l));
    }
    case K_TENSORS: {
      if (v.tag == LT_TENSOR) { c10::List<at::Tensor> l; l.push_back(borrow(v.p)); return IValue(std::move(l)); }
      if (v.tag != LT_TENSORS) bad(op, i, v);
      c10::List<at::Tensor> l; l.reserve(v.len);
      for (int k = 0; k < v.len; k++) l.push_back(borrow(static_cast<void* const*>(v.p)[k]));
      return IValue(std::move(l));
    }
    case K_OPT_TENSORS: {
      if (v.tag != LT_TENSORS) bad(op, i, v);
      c10::List<Opt<at::Tensor>> l; l.reserve(v.len);
      for (int k = 0; k < v.len; k++) {
        void* h = static_cast<void* const*>(v.p)[k];
        l.push_back(h ? Opt<at::Tensor>(borrow(h)) : Opt<at::Tensor>());
      }
      return IValue(std::move(l));
    }
    case K_SCALARS: {
      c10::impl::GenericList l(c10::NumberType::get());
      if (v.tag == LT_DOUBLES) for (int k = 0; k < v.len; k++) l.push_back(IValue(static_cast<const double*>(v.p)[k]));
      else if (v.tag == LT_INTS) for (int k = 0; k < v.len; k++) l.push_back(IValue(static_cast<const int64_t*>(v.p)[k]));
      else bad(op, i, v);
      return IValue(std::move(l));
    }
    case K_DEVICE:
      if (v.tag == LT_STRING) return IValue(c10::Device(std::string(static_cast<const char*>(v.p), v.len)));
      if (v.tag == LT_INT) // type in bits 8.., index in bits 0..7 (0xff = none)
        return IValue(c10::Device(static_cast<c10::DeviceType>(v.i >> 8), static_cast<c10::DeviceIndex>(static_cast<int8_t>(v.i & 0xff))));
      bad(op, i, v);
    case K_GENERATOR:
      if (v.tag != LT_GENERATOR) bad(op, i, v);
      return IValue(*static_cast<at::Generator*>(v.p));
    default: bad(op, i, v);
  }
}

// Operators that a tensor API needs return tensors, lists of tensors and truths; a list is malloc'ed, for lt_free.
void from_ivalue(IValue&& v, lt_val* o) {
  o->len = 0; o->i = 0;
  if (v.isTensor()) { o->p = give(std::move(v).toTensor()); o->tag = o->p ? LT_TENSOR : LT_NONE; }
  else if (v.isNone()) o->tag = LT_NONE;
  else if (v.isInt()) { o->tag = LT_INT; o->i = v.toInt(); }
  else if (v.isDouble()) { o->tag = LT_DOUBLE; o->d = v.toDouble(); }
  else if (v.isBool()) { o->tag = LT_BOOL; o->i = v.toBool(); }
  else if (v.isTensorList()) {
    auto l = v.toTensorVector();
    auto p = static_cast<void**>(std::malloc(std::max<size_t>(l.size(), 1) * sizeof(void*)));
    for (size_t k = 0; k < l.size(); k++) p[k] = give(std::move(l[k]));
    o->tag = LT_TENSORS; o->len = static_cast<int32_t>(l.size()); o->p = p;
  } else TORCH_CHECK(false, "cannot return a value of type ", v.tagKind());
}
std::vector<at::Tensor> borrow_list(void* const* h, int n) {
  std::vector<at::Tensor> r; r.reserve(n);
  for (int k = 0; k < n; k++) r.push_back(borrow(h[k]));
  return r;
}

} // namespace

// ---- errors, settings -------------------------------------------------------------------
LT_API const char* lt_last_error() { return g_error.c_str(); }
LT_API const char* lt_version() { return TORCH_VERSION; }
LT_API int64_t lt_live() { return g_live.load(); }
LT_API void lt_free(void* p) { std::free(p); }
LT_API int lt_set_threads(int intra, int inter) {
  return guarded([&] { if (intra > 0) at::set_num_threads(intra); if (inter > 0) at::set_num_interop_threads(inter); });
}
LT_API int lt_get_threads(int inter) { return inter ? at::get_num_interop_threads() : at::get_num_threads(); }
LT_API int lt_device_count(int type) { // how many usable devices of that c10::DeviceType
  int n = 0;
  guarded([&] {
    auto t = static_cast<c10::DeviceType>(type);
    if (t == c10::DeviceType::CPU) n = 1;
    else if (t == c10::DeviceType::CUDA && at::hasCUDA()) n = static_cast<int>(at::detail::getCUDAHooks().getNumGPUs());
  });
  return n;
}
LT_API int lt_grad_mode(int enable) { // -1: only ask; this is per thread
  bool was = c10::GradMode::is_enabled();
  if (enable >= 0) c10::GradMode::set_enabled(enable != 0);
  return was;
}
LT_API int lt_inference_mode() { return c10::InferenceMode::is_enabled(); }
LT_API int lt_inference_begin(int on, void** guard) { // guards nest; end each on the thread that began it
  return guarded([&] { *guard = new c10::InferenceMode(on != 0); });
}
LT_API void lt_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
LT_API int lt_seed(uint64_t seed) { return guarded([&] { at::manual_seed(seed); }); }
LT_API int lt_generator_new(uint64_t seed, void** out) {
  return guarded([&] { *out = new at::Generator(at::detail::createCPUGenerator(seed)); });
}
LT_API int lt_generator_default(void** out) {
  return guarded([&] { *out = new at::Generator(at::detail::getDefaultCPUGenerator()); });
}
LT_API void lt_generator_delete(void* g) { delete static_cast<at::Generator*>(g); }
LT_API int lt_generator_seed(void* g, int set, uint64_t* seed) {
  return guarded([&] {
    TORCH_CHECK(g, "null generator");
    at::Generator& gen = *static_cast<at::Generator*>(g);
    std::lock_guard<std::mutex> lock(gen.mutex());
    if (set) gen.set_current_seed(*seed); else *seed = gen.current_seed();
  });
}
LT_API int lt_generator_state(void* g, void* set, void** get) {
  return guarded([&] {
    TORCH_CHECK(g, "null generator");
    at::Generator& gen = *static_cast<at::Generator*>(g);
    std::lock_guard<std::mutex> lock(gen.mutex());
    if (set) gen.set_state(borrow(set));
    if (get) *get = give(gen.get_state());
  });
}

// ---- operators --------------------------------------------------------------------------
LT_API int lt_op_find(const char* name, const char* overload, void** out) { // lives for ever; cache it
  return guarded([&] {
    auto h = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
    std::unique_ptr<Op> op(new Op{h, {}, c10::toString(h.schema())});
    for (const auto& a : h.schema().arguments()) {
      c10::TypePtr t = a.type();
      bool opt = t->kind() == c10::TypeKind::OptionalType;
      if (opt) t = t->expectRef<c10::OptionalType>().getElementType();
      bool has = a.default_value().has_value();
      op->args.push_back({kind_of(t), opt, has, a.N().value_or(0), has ? *a.default_value() : IValue()});
    }
    *out = op.release();
  });
}
LT_API const char* lt_op_schema(void* op) { return static_cast<Op*>(op)->schema.c_str(); }
LT_API const char* lt_op_arg(void* op, int i) { // an argument's name, for named arguments; null past the end
  const auto& a = static_cast<Op*>(op)->handle.schema().arguments();
  return i >= 0 && static_cast<size_t>(i) < a.size() ? a[i].name().c_str() : nullptr;
}
// outs may be null: results are dropped. *nout: how many results the operator has.
LT_API int lt_call(void* opp, const lt_val* args, int nargs, lt_val* outs, int cap, int* nout) {
  return guarded([&] {
    const Op& op = *static_cast<Op*>(opp);
    TORCH_CHECK(static_cast<size_t>(nargs) <= op.args.size(), "too many arguments (", nargs, "): ", op.schema);
    torch::jit::Stack stack;
    stack.reserve(std::max<size_t>(op.args.size(), 4));
    static const lt_val dflt{};
    for (size_t i = 0; i < op.args.size(); i++)
      stack.push_back(to_ivalue(op, i, static_cast<int>(i) < nargs ? args[i] : dflt));
    op.handle.callBoxed(&stack);
    if (nout) *nout = static_cast<int>(stack.size());
    if (!outs) return;
    TORCH_CHECK(static_cast<int>(stack.size()) <= cap, "result room for ", cap, ", got ", stack.size());
    for (size_t i = 0; i < stack.size(); i++) from_ivalue(std::move(stack[i]), outs + i);
  });
}

// ---- tensors ----------------------------------------------------------------------------
LT_API void lt_delete(void* h) { // any thread may do this
  if (!h) return;
  g_live.fetch_sub(1, std::memory_order_relaxed);
  guarded([&] { TImpl::reclaim(static_cast<c10::TensorImpl*>(h)); });
}
LT_API int lt_share(void* h, void** out) { // one more handle on the same tensor, autograd history and all
  return guarded([&] { *out = give(need(h)); });
}
LT_API int lt_from_host(const void* data, const int64_t* sizes, int nd, int dtype, void** out) {
  return guarded([&] {
    auto t = at::empty(c10::IntArrayRef(sizes, nd), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    if (data && t.nbytes()) std::memcpy(t.data_ptr(), data, t.nbytes());
    *out = give(std::move(t));
  });
}
// info: dtype, ndim, numel, requires_grad, is_leaf, device type, device index, contiguous, element size,
// storage offset, layout (0 = strided); then sizes, then strides
LT_API int lt_info(void* h, int64_t* info, int64_t* sizes, int64_t* strides, int cap) {
  return guarded([&] {
    auto t = need(h);
    info[0] = static_cast<int64_t>(t.scalar_type()); info[1] = t.dim(); info[2] = t.numel();
    info[3] = t.requires_grad(); info[4] = t.is_leaf();
    info[5] = static_cast<int64_t>(t.device().type()); info[6] = t.device().index(); info[8] = static_cast<int64_t>(t.element_size());
    const bool strided = t.layout() == at::kStrided;
    info[7] = strided && t.is_contiguous(); info[9] = strided ? t.storage_offset() : 0; info[10] = static_cast<int64_t>(t.layout());
    for (int64_t k = 0; k < t.dim() && k < cap; k++) {
      if (sizes) sizes[k] = t.sizes()[k];
      if (strides && strided) strides[k] = t.strides()[k];
    }
  });
}
LT_API int lt_data(void* h, void** out) {
  return guarded([&] {
    auto t = need(h);
    TORCH_CHECK(!t.is_neg() && !t.is_conj(), "a lazily negated or conjugated tensor has no memory of its own: clone it first");
    *out = t.data_ptr();
  });
}
LT_API int64_t lt_nbytes(void* h) {
  int64_t n = 0;
  guarded([&] { n = static_cast<int64_t>(need(h).nbytes()); });
  return n;
}
LT_API int lt_dim(void* h) { return h ? static_cast<int>(static_cast<c10::TensorImpl*>(h)->dim()) : 0; }
LT_API int lt_dtype(void* h) {
  return h ? static_cast<int>(c10::typeMetaToScalarType(static_cast<c10::TensorImpl*>(h)->dtype())) : 0;
}
LT_API int lt_requires_grad(void* h, int on) { return guarded([&] { need(h).set_requires_grad(on != 0); }); }
LT_API int lt_retain_grad(void* h) { return guarded([&] { need(h).retain_grad(); }); }
LT_API int lt_get_grad(void* h, void** out) { return guarded([&] { *out = give(need(h).grad()); }); }
LT_API int lt_set_grad(void* h, void* g) { return guarded([&] { need(h).mutable_grad() = borrow(g); }); }

// ---- autograd ---------------------------------------------------------------------------
LT_API int lt_backward(void* const* outs, void* const* gouts, int n, void* const* ins, int nin, int retain, int create) {
  return guarded([&] {
    torch::autograd::backward(borrow_list(outs, n), gouts ? borrow_list(gouts, n) : torch::autograd::variable_list(),
                              retain != 0, create != 0, borrow_list(ins, nin));
  });
}
LT_API int lt_grad(void* const* outs, void* const* gouts, int n, void* const* ins, int nin,
                   int retain, int create, int allow_unused, void** res) {
  return guarded([&] {
    auto r = torch::autograd::grad(borrow_list(outs, n), borrow_list(ins, nin),
                                   gouts ? borrow_list(gouts, n) : torch::autograd::variable_list(),
                                   retain != 0, create != 0, allow_unused != 0);
    for (int k = 0; k < nin; k++) res[k] = give(std::move(r[k]));
  });
}

// ---- TorchScript ------------------------------------------------------------------------
// A module is a program of its own with weights; path (or, where size >= 0, so many bytes) holds what torch.jit.save wrote.
LT_API int lt_jit_load(const char* data, int64_t size, int device_type, int device_index, void** out) {
  return guarded([&] {
    c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    if (size < 0) { *out = new torch::jit::Module(torch::jit::load(std::string(data), device)); return; }
    std::istringstream stream(std::string(data, static_cast<size_t>(size)));
    *out = new torch::jit::Module(torch::jit::load(stream, device));
  });
}
LT_API void lt_jit_delete(void* m) { delete static_cast<torch::jit::Module*>(m); }
LT_API int lt_jit_train(void* m, int on) { return guarded([&] { static_cast<torch::jit::Module*>(m)->train(on != 0); }); }
LT_API int lt_jit_training(void* m) { return static_cast<torch::jit::Module*>(m)->is_training(); }
LT_API int lt_jit_inputs(void* m, int* n) { // without the module itself
  return guarded([&] { *n = static_cast<int>(static_cast<torch::jit::Module*>(m)->get_method("forward").num_inputs()) - 1; });
}
LT_API int lt_jit_forward(void* m, const lt_val* args, int nargs, lt_val* out) {
  return guarded([&] {
    std::vector<IValue> inputs;
    for (int k = 0; k < nargs; k++) {
      const lt_val& v = args[k];
      switch (v.tag) {
        case LT_NONE: inputs.emplace_back(); break;
        case LT_TENSOR: inputs.emplace_back(need(v.p)); break;
        case LT_INT: inputs.emplace_back(v.i); break;
        case LT_DOUBLE: inputs.emplace_back(v.d); break;
        case LT_BOOL: inputs.emplace_back(v.i != 0); break;
        default: TORCH_CHECK(false, "argument ", k, " of a script cannot be a value of tag ", v.tag);
      }
    }
    from_ivalue(static_cast<torch::jit::Module*>(m)->forward(std::move(inputs)), out);
  });
}
