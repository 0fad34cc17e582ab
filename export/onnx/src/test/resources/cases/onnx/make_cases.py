#!/usr/bin/env python3
"""Makes the small .onnx files beside it that are not cases of others, once; they are frozen. Made with onnx 1.23."""
import numpy as np, onnx
from onnx import helper as h, TensorProto as T, numpy_helper as n
v=h.make_tensor_value_info
rng=np.random.default_rng(0)
def save(name, nodes, ins, outs, inits=(), opset=17, ir=10, sparse=(), functions=(), more=()):
    g=h.make_graph(nodes,name,ins,outs,list(inits),sparse_initializer=list(sparse))
    m=h.make_model(g,ir_version=ir,opset_imports=[h.make_opsetid("",opset)]+list(more),functions=list(functions))
    onnx.save(m,name+".onnx"); return m
w=lambda name,*s: n.from_array(rng.normal(size=s).astype(np.float32),name)
# 1: a function with a default attribute, one that is given, a function in it, and an If in its body that reads its input
inner=h.make_function("lib","Scaled",["a"],["b"],[h.make_node("LeakyRelu",["a"],["b"])],[h.make_opsetid("",17)],["slope"])
ref=inner.node[0].attribute.add(); ref.name="alpha"; ref.ref_attr_name="slope"; ref.type=onnx.AttributeProto.FLOAT
then=h.make_graph([h.make_node("Neg",["x"],["t"])],"then",[],[v("t",T.FLOAT,None)])
other=h.make_graph([h.make_node("Identity",["x"],["e"])],"else",[],[v("e",T.FLOAT,None)])
call=h.make_node("Scaled",["c"],["s"],domain="lib")
r2=call.attribute.add(); r2.name="slope"; r2.ref_attr_name="slope"; r2.type=onnx.AttributeProto.FLOAT
outer=h.make_function("lib","Branch",["x","flag"],["s","spare"],[h.make_node("If",["flag"],["c"],then_branch=then,else_branch=other),call,h.make_node("Abs",["c"],["spare"])],[h.make_opsetid("",17),h.make_opsetid("lib",1)],[],[h.make_attribute("slope",0.5)])
save("functions",[h.make_node("Branch",["x","flag"],["m","spare1"],domain="lib"),h.make_node("Branch",["m","flag"],["y","spare2"],domain="lib",slope=0.25)],[v("x",T.FLOAT,["N",2]),v("flag",T.BOOL,[])],[v("y",T.FLOAT,["N",2])],functions=[inner,outer],more=[h.make_opsetid("lib",1)])
loop=h.make_function("lib","Round",["a"],["b"],[h.make_node("Round2",["a"],["b"],domain="lib")],[h.make_opsetid("lib",1)])
loop2=h.make_function("lib","Round2",["a"],["b"],[h.make_node("Round",["a"],["b"],domain="lib")],[h.make_opsetid("lib",1)])
save("functions-circle",[h.make_node("Round",["x"],["y"],domain="lib")],[v("x",T.FLOAT,[1])],[v("y",T.FLOAT,[1])],functions=[loop,loop2],more=[h.make_opsetid("lib",1)])
fs=[h.make_function("lib","F%d"%i,["a"],["b"],[h.make_node("F%d"%(i+1) if i<40 else "Neg",["a"],["t"],domain="lib" if i<40 else ""),h.make_node("F%d"%(i+1) if i<40 else "Neg",["t"],["b"],domain="lib" if i<40 else "")],[h.make_opsetid("lib",1),h.make_opsetid("",17)]) for i in range(41)]
save("functions-bomb",[h.make_node("F0",["x"],["y"],domain="lib")],[v("x",T.FLOAT,[1])],[v("y",T.FLOAT,[1])],functions=fs,more=[h.make_opsetid("lib",1)])
# 2: packed and sparse constants
save("packed",[h.make_node("DequantizeLinear",["a","s"],["x1"]),h.make_node("DequantizeLinear",["b","s"],["x2"]),h.make_node("Cast",["f8"],["x3"],to=1),h.make_node("Add",["x1","x2"],["x4"]),h.make_node("Add",["x4","x3"],["y"])],[],[v("y",T.FLOAT,[5])],
 [h.make_tensor("a",T.INT4,[5],[1,-2,3,-4,5]),h.make_tensor("b",T.UINT4,[5],[1,2,3,4,15]),h.make_tensor("f8",T.FLOAT8E4M3FN,[5],[1.0,2.0,0.5,-1.0,0.0]),n.from_array(np.float32(0.5),"s")],opset=21)
sp=h.make_sparse_tensor(h.make_tensor("sw",T.FLOAT,[3],[1.5,-2.0,4.0]),h.make_tensor("",T.INT64,[3,2],[0,1,1,0,2,2]),[3,4])
const=h.make_node("Constant",[],["c"],sparse_value=h.make_sparse_tensor(h.make_tensor("",T.FLOAT,[2],[7.0,8.0]),h.make_tensor("",T.INT64,[2],[1,3]),[4]))
save("sparse",[const,h.make_node("MatMul",["x","sw"],["p"]),h.make_node("Add",["p","c"],["y"])],[v("x",T.FLOAT,["N",3])],[v("y",T.FLOAT,["N",4])],sparse=[sp])
# 3: ports that are no tensors, strings, newer opsets
save("kinds",[h.make_node("Optional",["x"],["o"]),h.make_node("SequenceConstruct",["x","x"],["s"]),h.make_node("Constant",[],["t"],value=h.make_tensor("",T.STRING,[2],[b"a",b"b"]))],[v("x",T.FLOAT,None)],[h.make_value_info("o",h.make_optional_type_proto(h.make_tensor_type_proto(T.FLOAT,None))),h.make_tensor_sequence_value_info("s",T.FLOAT,["N"]),v("t",T.STRING,[2])])
save("opset24",[h.make_node("Swish",["x"],["y"])],[v("x",T.FLOAT,["N"])],[v("y",T.FLOAT,["N"])],opset=24,ir=11)
body=h.make_graph([h.make_node("MatMul",["s","bw"],["so"]),h.make_node("Identity",["c"],["co"])],"body",[v("i",T.INT64,[]),v("c",T.BOOL,[]),v("s",T.FLOAT,[4,4])],[v("co",T.BOOL,[]),v("so",T.FLOAT,[4,4])],[w("bw",4,4)])
save("loop",[h.make_node("Loop",["n","","x"],["y"],body=body)],[v("n",T.INT64,[]),v("x",T.FLOAT,[4,4])],[v("y",T.FLOAT,[4,4])])
save("quantised",[h.make_node("ConvInteger",["x","cw"],["c"]),h.make_node("Cast",["c"],["f"],to=1),h.make_node("Einsum",["f","ew"],["y"],equation="nchw,cd->ndhw")],[v("x",T.UINT8,["N",3,8,8])],[v("y",T.FLOAT,["N",2,8,8])],[n.from_array(np.ones((4,3,1,1),np.int8),"cw"),w("ew",4,2),n.from_array(np.array([1,2],np.int64),"unused")])
# 4: external data
big=[]
for name,offset,length in (("p",0,None),("q",24,24)):
    t=n.from_array(np.zeros((3,2),np.float32),name); t.ClearField("raw_data"); t.data_location=T.EXTERNAL
    for k,val in (("location","w.bin"),("offset",offset),("length",length)):
        if val is not None:
            e=t.external_data.add(); e.key=k; e.value=str(val)
    big.append(t)
np.arange(12,dtype=np.float32).tofile("w.bin")
save("outside",[h.make_node("Add",["p","q"],["r"]),h.make_node("MatMul",["x","r"],["y"])],[v("x",T.FLOAT,["N",3])],[v("y",T.FLOAT,["N",2])],big)
huge=n.from_array(np.zeros((1,),np.uint8),"huge"); huge.ClearField("raw_data"); huge.dims[:]=[2**31+4096]; huge.data_location=T.EXTERNAL
e=huge.external_data.add(); e.key="location"; e.value="huge.bin"
save("huge",[h.make_node("Gather",["huge","i"],["y"])],[v("i",T.INT64,["N"])],[v("y",T.UINT8,["N"])],[huge])
# 5: costs of nodes that are wrong
for name,node in (("conv-alone",h.make_node("Conv",["x"],["y"])),("lstm-short",h.make_node("LSTM",["x","k"],["y"])),("gemm-scalar",h.make_node("Gemm",["k0","k0"],["y"]))):
    save(name,[node],[v("x",T.FLOAT,[1,1,4,4])],[v("y",T.FLOAT,[1,1,4,4])],[w("k",1,4,4),n.from_array(np.float32(1),"k0")])
