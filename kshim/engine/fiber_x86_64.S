/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * void kshim_fiber_swap(void **save, void *load): save the callee-saved
 * registers on the current stack, leave its pointer in *save, continue on
 * load. The frame is what fiber.c lays out for a new task, and what the
 * stack walker reads for a parked one: r15 r14 r13 r12 rbx rbp return.
 */
#ifdef __x86_64__
	.text
	.globl	kshim_fiber_swap
	.type	kshim_fiber_swap, @function
kshim_fiber_swap:
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, (%rdi)
	movq	%rsi, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	movl	$1, %eax	/* for who comes back to kshim_fiber_mark() */
	ret
	.size	kshim_fiber_swap, . - kshim_fiber_swap

	/*
	 * int kshim_fiber_mark(void **save, void (*fn)(void)): a frame that
	 * kshim_fiber_swap() can continue on, for as long as fn runs; who copies
	 * the stack there and puts it back comes here again. 0, or 1 then.
	 */
	.globl	kshim_fiber_mark
	.type	kshim_fiber_mark, @function
kshim_fiber_mark:
	pushq	%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, (%rdi)
	subq	$8, %rsp
	call	*%rsi
	addq	$8, %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	xorl	%eax, %eax
	ret
	.size	kshim_fiber_mark, . - kshim_fiber_mark

	/* A new task starts here: its argument was put into rbx. */
	.globl	kshim_fiber_start
	.type	kshim_fiber_start, @function
kshim_fiber_start:
	xorl	%ebp, %ebp
	movq	%rbx, %rdi
	pushq	$0
	jmp	kshim_task_entry
	.size	kshim_fiber_start, . - kshim_fiber_start
#endif
	.section .note.GNU-stack, "", @progbits
